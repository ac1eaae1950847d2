package io.nnem.report.chart;

import java.util.List;

/**
 * What is drawn in one colour.
 *
 * @param name for the legend; empty for none
 * @param detail more of its name, shown where one points at it in the legend
 * @param style how it is drawn
 * @param points from left to right
 * @param crosses what is crossed out on the way
 */
public record Series(
    String name, String detail, Style style, List<Point> points, List<Point> crosses) {
  /** Makes the lists unchangeable. */
  public Series {
    points = List.copyOf(points);
    crosses = List.copyOf(crosses);
  }

  /** A series without crosses, whose name says all. */
  public Series(String name, Style style, List<Point> points) {
    this(name, name, style, points, List.of());
  }

  /** What series of several charts have in common that are one in the legend. */
  String key() {
    return name + '\n' + detail;
  }
}
