package io.nnem.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.report.chart.Axis;
import io.nnem.report.chart.Chart;
import io.nnem.report.chart.Figure;
import io.nnem.report.chart.Pictures;
import io.nnem.report.table.Format;
import io.nnem.report.table.Table;
import io.nnem.report.table.Words;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlTest {
  private static final String HOSTILE = "</script><b onclick='x'>\"&\n";
  private static final Axis AXIS = Axis.linear("x", 0, 1);
  private static final Figure FIGURE =
      Figure.of("f", HOSTILE, "s", new Chart(Chart.Kind.LINES, AXIS, AXIS, List.of()));

  @Test
  void textIsTextWhereverItStands() {
    Table<String> table =
        Table.<String>of()
            .with(HOSTILE, Format.TEXT, row -> row)
            .with("n", Format.CODE, row -> row);
    String html =
        page(
            HOSTILE,
            new Section(
                HOSTILE,
                HOSTILE,
                Block.paragraph(HOSTILE),
                Block.hint(HOSTILE),
                Block.heading(HOSTILE),
                new Block.Prose(Block.Prose.Kind.WARNING, Words.of(Words.Look.BAD, HOSTILE)),
                new Block.Rows<>(table, List.of(HOSTILE)),
                new Block.Listing(HOSTILE),
                new Block.Picture(FIGURE)));

    assertThat(html).doesNotContain("<b ", "onclick='");
    assertThat(Pattern.compile("</script>").matcher(html).results()).hasSize(1);
    assertThat(
            Pattern.compile("&lt;/script&gt;&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;")
                .matcher(html)
                .results())
        .as("everywhere that it was put")
        .hasSizeGreaterThan(14);
  }

  @Test
  void thePageLoadsNothing() {
    String html = page("", new Section("a", "h", new Block.Picture(FIGURE)));

    assertThat(html)
        .contains("default-src 'none'")
        .doesNotContain(" src=", "@import", "<link", "fetch(", "XMLHttpRequest");
    assertThat(html.replace("url(#f-0)", "")).doesNotContain("url(");
    // the name of SVG's elements may stand there
    assertThat(Pattern.compile("https?://[^\\s\"')]*").matcher(html).results())
        .extracting(MatchResult::group)
        .containsOnly("http://www.w3.org/2000/svg");
  }

  @Test
  void theFigureOnThePageIsTheStillPicture() {
    assertThat(page("", new Section("a", "h", new Block.Picture(FIGURE))))
        .contains(Pictures.svg(FIGURE));
  }

  @Test
  void sectionsAreInOrderAndLinked() {
    String html = page("", new Section("one", "One"), new Section("two", "Two"));

    assertThat(html).contains("<a href=\"#one\">One</a><a href=\"#two\">Two</a>");
    assertThat(html.indexOf("<section id=\"one\">"))
        .isPositive()
        .isLessThan(html.indexOf("<section id=\"two\">"));
    assertThat(html).as("nothing to notice").doesNotContain("class=\"notice\"");
    assertThat(page("careful")).contains("<p class=\"notice\">careful</p>");
  }

  @Test
  void wordsHaveTheirLooks_andNumbersStandOnTheRight() {
    Words words =
        Words.of(Words.Look.ABOVE, "").and("a").and(Words.Look.BREAK, "").and(Words.Look.CODE, "c");
    Table<Integer> table =
        Table.<Integer>of()
            .with("w", Format.WORDS, row -> words)
            .with("n", Format.BAD_COUNT, row -> row);

    assertThat(page("", new Section("a", "h", new Block.Rows<>(table, List.of(0, 2)))))
        .contains(
            "<th>w</th><th class=\"number\">n</th>",
            "<td><span class=\"verdict above\"></span>a<br><code>c</code></td>"
                + "<td class=\"number\">0</td>",
            "<td class=\"number\"><strong class=\"bad\">2</strong></td>");
  }

  private static String page(String notice, Section... sections) {
    return Html.of(new Page("t", "l", notice, List.of(sections)));
  }
}
