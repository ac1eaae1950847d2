package io.nnem.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What stands between the axes of a chart. */
record Marks(Svg svg, Chart chart, Box box) {
  private static final double BAND = 0.15;
  private static final double CROSS = 5;

  /** Draws a series; its place in the legend is -1 if it is not there. */
  void draw(Series series, int place) {
    Style style = series.style();
    List<Point> points = series.points().stream().filter(p -> Double.isFinite(p.y())).toList();
    svg.series(
        place,
        style,
        "data-points",
        points.stream().map(this::words).collect(Collectors.joining(";")));
    switch (chart.kind()) {
      case LINES, DOTTED_LINES -> {
        bands(points);
        line(series.points(), style.width(), style.dashes());
      }
      case JOINED_DOTS -> {
        line(series.points(), 1, List.of());
        points.forEach(point -> interval(point, Svg.OWN));
      }
      case DOTS -> points.forEach(point -> interval(point, Svg.OWN));
      case BARS, HISTOGRAM -> bars(series);
      case CELLS -> points.forEach(this::cell);
      case PARALLEL -> line(series.points(), style.width(), style.dashes());
    }
    if (chart.kind().dotted() || (chart.kind() == Chart.Kind.LINES && points.size() == 1)) {
      for (Point point : points) {
        svg.open("g", "class", "mark", "data-at", box.x(point.x()));
        svg.circle(box.x(point.x()), box.y(point.y()), 3.5 * point.size(), Svg.OWN);
        svg.close("g");
      }
    }
    svg.close("g");
  }

  /** Crosses the series out where it says so; drawn last, so that no line hides them. */
  void cross(Series series, int place) {
    if (!series.crosses().isEmpty()) {
      svg.series(place, series.style());
      series.crosses().stream().filter(p -> Double.isFinite(p.y())).forEach(this::cross);
      svg.close("g");
    }
  }

  /** Where a point is and what it says, for the script of a page. */
  private String words(Point point) {
    String value = String.format(Locale.ROOT, "%.3f", point.y());
    if (point.hasBand()) {
      value += String.format(Locale.ROOT, " \u00b1 %.3f", (point.high() - point.low()) / 2);
    }
    return String.join(
        "|",
        Svg.number(box.x(point.x())),
        Svg.number(box.y(point.y())),
        point.at().replaceAll("[|;]", " "),
        chart.kind() == Chart.Kind.CELLS || chart.kind() == Chart.Kind.PARALLEL ? "" : value);
  }

  /** Around the points that have one: a band ends at the last of them. */
  private void bands(List<Point> points) {
    List<Point> run = new ArrayList<>();
    for (Point point : points) {
      if (point.hasBand()) {
        run.add(point);
      } else {
        band(run);
        run.clear();
      }
    }
    band(run);
  }

  private void band(List<Point> run) {
    if (run.size() == 1) {
      interval(run.get(0), Svg.OWN);
    } else if (!run.isEmpty()) {
      List<String> corners = new ArrayList<>();
      run.forEach(p -> corners.add(Svg.pair(box.x(p.x()), box.constrained(p.high()))));
      for (int i = run.size() - 1; i >= 0; i--) {
        corners.add(Svg.pair(box.x(run.get(i).x()), box.constrained(run.get(i).low())));
      }
      svg.fill("path", Svg.OWN, BAND, "d", "M" + String.join("L", corners) + "Z");
    }
  }

  /** A line that stops where a point has no number, and begins anew behind it. */
  private void line(List<Point> points, double width, List<Integer> dashes) {
    StringBuilder path = new StringBuilder();
    boolean drawn = false;
    for (Point point : points) {
      boolean there = Double.isFinite(point.y());
      if (there) {
        path.append(drawn ? 'L' : 'M').append(Svg.pair(box.x(point.x()), box.y(point.y())));
      }
      drawn = there;
    }
    if (path.indexOf("L") >= 0) {
      svg.path(path.toString(), Svg.OWN, width, dashes);
    }
  }

  /** A vertical line with ends; a script that zooms keeps its shape. */
  private void interval(Point point, String ink) {
    if (point.hasBand()) {
      double x = box.x(point.x());
      double low = box.constrained(point.low());
      double high = box.constrained(point.high());
      svg.open("g", "class", "mark", "data-at", x);
      svg.line(x - 3, low, x + 3, low, ink, 1.2);
      svg.line(x, low, x, high, ink, 1.2);
      svg.line(x - 3, high, x + 3, high, ink, 1.2);
      svg.close("g");
    }
  }

  private void cross(Point point) {
    double x = box.x(point.x());
    double y = box.constrained(point.y());
    String path =
        Svg.stroke(x - CROSS, y - CROSS, x + CROSS, y + CROSS)
            + Svg.stroke(x - CROSS, y + CROSS, x + CROSS, y - CROSS);
    svg.open("g", "class", "mark cross", "data-at", x);
    svg.title(point.at());
    svg.path(path, Svg.GROUND, 6, List.of());
    svg.path(path, Svg.OWN, 3, List.of());
    svg.close("g");
  }

  /** From the ground up; those of several series at one place stand side by side. */
  private void bars(Series series) {
    int count = chart.series().size();
    List<Point> points = series.points();
    boolean alone = chart.kind() == Chart.Kind.HISTOGRAM;
    double width =
        !alone ? 0.8 / count : points.size() < 2 ? 1 : points.get(1).x() - points.get(0).x();
    double shift = alone ? -0.5 : chart.series().indexOf(series) - count / 2.0;
    for (Point point : points) {
      double left = point.x() + shift * width;
      double ends = box.constrained(point.y());
      double ground = box.constrained(0);
      double pixels = box.x(left + width) - box.x(left);
      svg.rectangle(
          box.x(left), Math.min(ends, ground), pixels, Math.abs(ends - ground), Svg.OWN, 0.85);
      interval(new Point(left + width / 2, point.y(), point.low(), point.high(), 1, ""), Svg.TEXT);
    }
  }

  private void cell(Point point) {
    double left = box.x(point.x() - 0.5);
    double top = box.y(point.y() + 0.5);
    double width = box.x(point.x() + 0.5) - left;
    double height = box.y(point.y() - 0.5) - top;
    String text = Lettering.shorten(point.at(), 13, width);
    svg.rectangle(left, top, width, height, Svg.GROUND, 1);
    svg.rectangle(left, top, width, height, Svg.OWN, 0.05 + 0.45 * point.size());
    svg.text(text, left + width / 2, top + height / 2 + 5, 13, Svg.TEXT, "text-anchor", "middle");
  }
}
