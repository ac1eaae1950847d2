package io.nnem.experiments.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes safe pieces of a page. */
final class Html {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Html() {}

  /** Text that shows as it is, between tags and inside quoted attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Data for a script. Nothing in it can end the element: every &lt; is an escape of JSON's. */
  static String data(String id, JsonNode data) {
    try {
      String json =
          JSON.writeValueAsString(data)
              .replace("<", "\\u003c")
              .replace(">", "\\u003e")
              .replace("&", "\\u0026")
              .replace("\u2028", "\\u2028")
              .replace("\u2029", "\\u2029");
      return "<script type=\"application/json\" id=\"" + id + "\">" + json + "</script>\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the data of a figure could not be written", e);
    }
  }

  /** A table. Cells are HTML already; all columns from {@code firstNumber} on hold numbers. */
  static String table(List<String> headings, List<List<String>> rows, int firstNumber) {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
    for (int i = 0; i < headings.size(); i++) {
      html.append(i < firstNumber ? "<th>" : "<th class=\"number\">")
          .append(headings.get(i))
          .append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        html.append(i < firstNumber ? "<td>" : "<td class=\"number\">")
            .append(row.get(i))
            .append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table></div>\n").toString();
  }

  /** A file from the class path. */
  static String resource(String path) {
    try (InputStream stream = Html.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException(path + " is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read", e);
    }
  }
}
