package io.nnem.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Parallel coordinates: a vertical axis for each quantity, and a line across all for each thing.
 */
public final class Parallel {
  /**
   * A line of parallel coordinates.
   *
   * @param words what it is, for who points at it
   * @param values its place on each axis; NaN where it has none
   */
  public record Line(String words, List<Double> values) {
    /** Makes the list unchangeable. */
    public Line {
      values = List.copyOf(values);
    }

    private double outcome() {
      return values.get(values.size() - 1);
    }
  }

  private Parallel() {}

  /**
   * Parallel coordinates: each line crosses every axis at its value there, and has the colour of
   * its place on the last axis, its outcome. The highest are drawn last, above the others. Lines
   * that share a value on an axis cross it side by side, the higher the higher, so that all are
   * seen.
   *
   * @param axes from left to right, of numbers or of names; at least two
   * @param lines of as many values
   * @return without a legend: the axes say what a line is
   */
  public static Chart chart(List<Axis> axes, List<Line> lines) {
    int last = axes.size() - 1;
    List<Line> sorted = lines.stream().sorted(Comparator.comparingDouble(Line::outcome)).toList();
    List<Series> series = new ArrayList<>();
    for (Line line : sorted) {
      List<Point> points = new ArrayList<>();
      for (int i = 0; i <= last; i++) {
        double place = axes.get(i).place(line.values().get(i));
        points.add(Point.of(i, i < last ? place + aside(sorted, line, i) : place, line.words()));
      }
      series.add(new Series("", Style.graded(axes.get(last).place(line.outcome())), points));
    }
    List<Chart.Guide> guides = new ArrayList<>();
    List<Axis.Tick> names = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      names.add(new Axis.Tick(i, axes.get(i).label()));
      if (i > 0) {
        guides.add(new Chart.Guide(i, true, true, shares(axes.get(i))));
      }
    }
    double end = last + 0.4; // room for the numbers of the last axis
    return new Chart(
        Chart.Kind.PARALLEL,
        new Axis("", false, 0, end, 0, end, names),
        new Axis("", false, 0, 1, 0, 1, shares(axes.get(0))),
        series,
        guides);
  }

  /** How far a line is put aside among those that share its value on an axis. */
  private static double aside(List<Line> sorted, Line line, int axis) {
    List<Line> same =
        sorted.stream()
            .filter(each -> each.values().get(axis).equals(line.values().get(axis)))
            .toList();
    double width = Math.min(0.05, 0.01 * (same.size() - 1));
    return same.size() < 2 ? 0 : width * (same.indexOf(line) / (same.size() - 1.0) - 0.5);
  }

  private static List<Axis.Tick> shares(Axis axis) {
    return axis.ticks().stream()
        .map(tick -> new Axis.Tick(axis.place(tick.at()), tick.text()))
        .toList();
  }
}
