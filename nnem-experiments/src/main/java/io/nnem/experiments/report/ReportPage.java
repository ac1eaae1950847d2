package io.nnem.experiments.report;

import java.util.List;

/**
 * One self-contained page: styles, scripts and data are inside it, and it forbids itself to load
 * anything.
 */
public final class ReportPage {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private ReportPage() {}

  /**
   * Composes a page.
   *
   * @param title plain text
   * @param lead a sentence below the title, plain text
   * @param notice something that the reader must know first, plain text; empty if there is nothing
   * @param sections in order
   * @return the page
   */
  public static String of(String title, String lead, String notice, List<Section> sections) {
    StringBuilder page = new StringBuilder(200_000);
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .append("style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
        .append("<title>")
        .append(Html.escape(title))
        .append("</title>\n<style>\n")
        .append(Html.resource(UPLOT + "uPlot.min.css"))
        .append(Html.resource("report.css"))
        .append("</style>\n</head>\n<body>\n<header>\n<h1>")
        .append(Html.escape(title))
        .append("</h1>\n<p>")
        .append(Html.escape(lead))
        .append("</p>\n");
    if (!notice.isEmpty()) {
      page.append("<p class=\"notice\">").append(Html.escape(notice)).append("</p>\n");
    }
    page.append("<nav>");
    for (Section section : sections) {
      page.append("<a href=\"#").append(section.id()).append("\">");
      page.append(Html.escape(section.heading())).append("</a>");
    }
    page.append("</nav>\n</header>\n<main>\n");
    for (Section section : sections) {
      page.append("<section id=\"").append(section.id()).append("\">\n<h2>");
      page.append(Html.escape(section.heading())).append("</h2>\n");
      page.append(section.html()).append("</section>\n");
    }
    page.append("</main>\n<script>\n")
        .append(Html.resource(UPLOT + "uPlot.iife.min.js"))
        .append("\n</script>\n<script>\n")
        .append(Html.resource("learning-curves.js"))
        .append("</script>\n</body>\n</html>\n");
    return page.toString();
  }
}
