package io.nnem.report.chart;

import io.nnem.report.table.Format;
import io.nnem.report.table.Markup;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Writes elements of SVG. A page gives those with a class other colours on a dark ground. */
final class Svg {
  /** Classes and colours: {@code fill} or {@code stroke} is put before both. */
  static final String GROUND = "ground #FFFFFF";

  static final String TEXT = "text #222222";
  static final String FAINT = "faint #555555";
  static final String GRID = "grid #DDDDDD";
  static final String GUIDE = "guide #888888";

  /** The colour of the series. */
  static final String OWN = "own currentColor";

  private final StringBuilder svg = new StringBuilder();

  /** Begins an element; its attributes are names and values, in turns. */
  Svg open(String tag, Object... attributes) {
    svg.append('<').append(tag);
    attributes(attributes);
    svg.append(">\n");
    return this;
  }

  /** Begins the group of a series: its place in the legend, its colours and what else it has. */
  void series(int place, Style style, Object... attributes) {
    svg.append("<g");
    attributes("class", "series", "data-series", place);
    attributes("color", style.colour(), "style", "--dark:" + style.dark());
    attributes(attributes);
    svg.append(">\n");
  }

  void close(String tag) {
    svg.append("</").append(tag).append(">\n");
  }

  void line(double x1, double y1, double x2, double y2, String ink, double width) {
    path(stroke(x1, y1, x2, y2), ink, width, List.of());
  }

  static String stroke(double x1, double y1, double x2, double y2) {
    return "M" + pair(x1, y1) + "L" + pair(x2, y2);
  }

  void path(String path, String ink, double width, List<Integer> dashes) {
    svg.append("<path");
    attributes("d", path, "fill", "none", "stroke-width", width);
    ink("stroke", ink);
    if (!dashes.isEmpty()) {
      attributes(
          "stroke-dasharray", String.join(" ", dashes.stream().map(String::valueOf).toList()));
    }
    svg.append("/>\n");
  }

  /** A filled shape. */
  void fill(String tag, String ink, double opacity, Object... attributes) {
    svg.append('<').append(tag);
    attributes(attributes);
    ink("fill", ink);
    if (opacity < 1) {
      attributes("fill-opacity", opacity);
    }
    svg.append("/>\n");
  }

  void rectangle(double x, double y, double width, double height, String ink, double opacity) {
    fill("rect", ink, opacity, "x", x, "y", y, "width", width, "height", height);
  }

  void circle(double x, double y, double radius, String ink) {
    fill("circle", ink, 1, "cx", x, "cy", y, "r", radius);
  }

  /** Text from its place on, around it ({@code middle}) or up to it ({@code end}). */
  void text(String text, double x, double y, int size, String ink, Object... attributes) {
    svg.append("<text");
    attributes("x", x, "y", y, "font-size", size);
    ink("fill", ink);
    attributes(attributes);
    String line = text.replaceAll("\\s+", " "); // not all who draw SVG do this
    svg.append('>').append(Markup.escape(line)).append("</text>\n");
  }

  /** What is said of a group to whoever points at it. */
  Svg title(String text) {
    svg.append("<title>").append(Markup.escape(text)).append("</title>\n");
    return this;
  }

  private void ink(String property, String ink) {
    int space = ink.indexOf(' ');
    attributes(
        "class", property + "-" + ink.substring(0, space), property, ink.substring(space + 1));
  }

  private void attributes(Object... attributes) {
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      String text = value instanceof Double number ? number(number) : value.toString();
      svg.append(' ').append(attributes[i]).append("=\"").append(Markup.escape(text)).append('"');
    }
  }

  static String pair(double x, double y) {
    return number(x) + " " + number(y);
  }

  /** A hundredth of a pixel is enough. */
  static String number(double value) {
    return Format.plain(BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN));
  }

  @Override
  public String toString() {
    return svg.toString();
  }
}
