package io.nnem.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nnem.experiments.stats.Curve;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  @Test
  void theFiguresDataIsInThePage() throws IOException {
    Curve curve = PicturesTest.curve("backprop", 2, List.of(new Curve.Cross(2, 150, 0.4, "a < b")));
    String html = FigureSections.learningCurves(List.of(curve)).html();

    Matcher data = Pattern.compile("id=\"learning-curves\">(.*?)</script>").matcher(html);
    assertThat(data.find()).isTrue();
    JsonNode tree = JsonMapper.builder().build().readTree(data.group(1));
    assertThat(tree.get("steps")).hasSize(4);
    JsonNode line = tree.get("curves").get(0);
    assertThat(line.get("label").asText()).isEqualTo("Back-propagation");
    assertThat(line.get("mean").get(1).asDouble())
        .isEqualTo(Math.round(1e6 * curve.points().get(1).accuracy().mean()) / 1e6);
    assertThat(line.get("low")).hasSize(4);
    assertThat(line.get("crosses").get(0).get("step").asInt()).isEqualTo(150);
  }

  @Test
  void oneSeedHasNoBand() {
    String html =
        FigureSections.learningCurves(List.of(PicturesTest.curve("none", 1, List.of()))).html();
    assertThat(html).contains("\"low\":[null,null,null,null]");
  }

  @Test
  void nothingInTheDataCanEndTheScript() {
    var data = JsonMapper.builder().build().createObjectNode();
    data.put("x", "</script><script>alert(1)</script>\u2028<!--&");

    assertThat(Html.data("d", data))
        .isEqualTo(
            "<script type=\"application/json\""
                + " id=\"d\">{\"x\":\"\\u003c/script\\u003e\\u003cscript\\u003ealert(1)\\u003c/script\\u003e\\u2028\\u003c!--\\u0026\"}</script>\n");
  }

  @Test
  void textIsEscaped() {
    String page =
        ReportPage.of("<T>", "<lead>", "<notice>", List.of(new Section("a", "<h>", "<p>ok</p>")));

    assertThat(page)
        .contains("&lt;T&gt;", "&lt;lead&gt;", "&lt;notice&gt;", "&lt;h&gt;", "<p>ok</p>")
        .doesNotContain("<T>", "<lead>", "<notice>", "<h>");
  }

  @Test
  void thePageLoadsNothing() {
    String page = ReportPage.of("t", "l", "", List.of(new Section("a", "h", "")));

    assertThat(page)
        .contains("default-src 'none'")
        .contains("uPlot=function")
        .doesNotContain(" src=", "@import", "url(", "<link", "fetch(", "XMLHttpRequest");
    // an address may be named, in a comment or as the name of SVG's elements
    assertThat(Pattern.compile("https?://[^\\s\"')]*").matcher(page).results())
        .extracting(java.util.regex.MatchResult::group)
        .containsOnly("https://github.com/leeoniya/uPlot", "http://www.w3.org/2000/svg");
  }

  @Test
  void sectionsAreComposedInOrderAndLinked() {
    String page =
        ReportPage.of(
            "t", "l", "", List.of(new Section("one", "One", "1"), new Section("two", "Two", "2")));

    assertThat(page).contains("<a href=\"#one\">One</a><a href=\"#two\">Two</a>");
    assertThat(page.indexOf("<section id=\"one\">")).isPositive();
    assertThat(page.indexOf("<section id=\"two\">"))
        .isGreaterThan(page.indexOf("<section id=\"one\">"));
  }
}
