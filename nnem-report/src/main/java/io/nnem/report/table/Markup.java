package io.nnem.report.table;

/** Makes text safe for HTML and XML. */
public final class Markup {
  private Markup() {}

  /**
   * Text that shows as it is, between tags and inside quoted attributes.
   *
   * @param text any text
   * @return the same as markup; characters that XML has no place for are left out
   */
  public static String escape(String text) {
    return text.replaceAll("[^\\t\\n\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
