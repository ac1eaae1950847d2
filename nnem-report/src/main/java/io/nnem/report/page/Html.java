package io.nnem.report.page;

import static io.nnem.report.table.Markup.escape;

import io.nnem.report.chart.Pictures;
import io.nnem.report.table.Table;
import io.nnem.report.table.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Pages as HTML: styles, script and figures are inside the one file, and it forbids itself to load
 * anything.
 */
public final class Html {
  private final StringBuilder html = new StringBuilder(200_000);

  private Html() {}

  /** The file. */
  public static String of(Page page) {
    Html writer = new Html();
    writer.page(page);
    return writer.html.toString();
  }

  private void page(Page page) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .append("style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
        .append(escape(page.title()))
        .append("</title>\n<style>\n")
        .append(resource("page.css"))
        .append("</style>\n</head>\n<body>\n<header>\n<h1>")
        .append(escape(page.title()))
        .append("</h1>\n<p>")
        .append(escape(page.lead()))
        .append("</p>\n");
    if (!page.notice().isEmpty()) {
      html.append("<p class=\"notice\">").append(escape(page.notice())).append("</p>\n");
    }
    html.append("<nav>");
    for (Section section : page.sections()) {
      html.append("<a href=\"#").append(escape(section.id())).append("\">");
      html.append(escape(section.heading())).append("</a>");
    }
    html.append("</nav>\n</header>\n<main>\n");
    for (Section section : page.sections()) {
      html.append("<section id=\"").append(escape(section.id())).append("\">\n<h2>");
      html.append(escape(section.heading())).append("</h2>\n");
      section.blocks().forEach(this::block);
      html.append("</section>\n");
    }
    html.append("</main>\n<script>\n").append(resource("page.js"));
    html.append("</script>\n</body>\n</html>\n");
  }

  private void block(Block block) {
    if (block instanceof Block.Prose prose) {
      String words = words(prose.words());
      html.append(
          switch (prose.kind()) {
            case PARAGRAPH -> "<p>" + words + "</p>\n";
            case HINT -> "<p class=\"hint\">" + words + "</p>\n";
            case WARNING -> "<p class=\"bad\">" + words + "</p>\n";
            case HEADING -> "<h3>" + words + "</h3>\n";
          });
    } else if (block instanceof Block.Rows<?> rows) {
      rows(rows);
    } else if (block instanceof Block.Picture picture) {
      html.append("<div class=\"plot\">\n")
          .append(Pictures.svg(picture.figure()))
          .append("</div>\n");
    } else if (block instanceof Block.Listing listing) {
      html.append("<pre>").append(escape(listing.text())).append("</pre>\n");
    }
  }

  private <R> void rows(Block.Rows<R> rows) {
    Table<R> table = rows.table();
    html.append("<div class=\"scroll\"><table>\n<thead><tr>");
    row("th", table, table.columns().stream().map(Table.Column::heading).map(Words::of).toList());
    html.append("</tr></thead>\n<tbody>\n");
    for (R row : rows.rows()) {
      html.append("<tr>");
      row("td", table, table.cells(row));
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table></div>\n");
  }

  private void row(String tag, Table<?> table, List<Words> cells) {
    for (int i = 0; i < cells.size(); i++) {
      boolean number = table.columns().get(i).format().number();
      html.append('<').append(tag).append(number ? " class=\"number\">" : ">");
      html.append(words(cells.get(i))).append("</").append(tag).append('>');
    }
  }

  private static String words(Words words) {
    StringBuilder html = new StringBuilder();
    for (Words.Part part : words.parts()) {
      String text = escape(part.text());
      html.append(
          switch (part.look()) {
            case PLAIN -> text;
            case CODE -> "<code>" + text + "</code>";
            case EMPHASIS -> "<em>" + text + "</em>";
            case BAD -> "<strong class=\"bad\">" + text + "</strong>";
            case BREAK -> "<br>";
            default ->
                "<span class=\"verdict "
                    + part.look().name().toLowerCase(Locale.ROOT)
                    + "\"></span>"
                    + text;
          });
    }
    return html.toString();
  }

  private static String resource(String path) {
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
