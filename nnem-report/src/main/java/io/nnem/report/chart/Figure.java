package io.nnem.report.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One or several charts side by side, with a title above and one legend below. Charts whose
 * vertical axis is that of the first share it.
 *
 * @param name its file without an ending, and its anchor on a page; letters, digits and hyphens
 * @param title plain text
 * @param subtitle plain text
 * @param width in pixels
 * @param height of the charts alone, in pixels
 * @param charts from left to right, at least one
 */
public record Figure(
    String name, String title, String subtitle, int width, int height, List<Chart> charts) {
  /**
   * Makes the list unchangeable.
   *
   * @throws IllegalArgumentException if there is no chart, or the name is none
   */
  public Figure {
    charts = List.copyOf(charts);
    if (charts.isEmpty() || !name.matches("[A-Za-z][A-Za-z0-9-]*")) {
      throw new IllegalArgumentException(
          "A figure has a chart and a name of letters, digits and hyphens, but \""
              + name
              + "\" has "
              + charts.size()
              + " charts.");
    }
  }

  /** A single chart of the usual size. */
  public static Figure of(String name, String title, String subtitle, Chart chart) {
    return new Figure(name, title, subtitle, 1000, 440, List.of(chart));
  }

  /** What the legend has: the first series of each name, in their order. */
  List<Series> legend() {
    Map<String, Series> named = new LinkedHashMap<>();
    for (Chart chart : charts) {
      for (Series series : chart.series()) {
        if (!series.name().isEmpty()) {
          named.putIfAbsent(series.key(), series);
        }
      }
    }
    return List.copyOf(named.values());
  }
}
