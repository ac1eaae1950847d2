package io.nnem.experiments.engine;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.AgeRange;
import io.nnem.experiments.stats.Curve;
import io.nnem.report.chart.Axis;
import io.nnem.report.chart.Point;
import io.nnem.report.chart.Series;
import io.nnem.report.chart.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What the lines of all experiments have in common. */
public final class Curves {
  /** What lines and bands are, in a hint above a figure. */
  public static final String BAND =
      "the mean over seeds, with its 95% band (of two seeds, their range)";

  private Curves() {}

  /** A line for each condition, in the paper's words. */
  public static List<Series> series(Map<Condition, List<Point>> lines) {
    Map<Condition, Style> styles = Conditions.styles(List.copyOf(lines.keySet()));
    List<Series> series = new ArrayList<>();
    lines.forEach(
        (condition, points) ->
            series.add(
                new Series(
                    Conditions.label(condition),
                    condition.name(),
                    styles.get(condition),
                    points,
                    List.of())));
    return series;
  }

  /** The points of a curve over training steps. */
  public static List<Point> points(List<Curve.Point> curve) {
    return curve.stream()
        .map(point -> Point.of(point.step(), point.accuracy(), "At step " + point.step()))
        .toList();
  }

  /** An axis of training steps, up to the last. */
  public static Axis steps(List<Series> lines) {
    return Axis.linear("Training step", 0, 1.01 * values(lines, Point::x).max().orElse(0));
  }

  /** What is to be seen of all lines: a trial that diverged may have left what is no number. */
  public static DoubleStream values(List<Series> lines, ToDoubleFunction<Point> value) {
    return lines.stream()
        .flatMap(line -> line.points().stream())
        .mapToDouble(value)
        .filter(Double::isFinite);
  }

  /** Where a range of ages is drawn: an age of 0, which a logarithmic axis has not, at 1. */
  public static double place(AgeRange ages) {
    return Math.max(1, ages.middle());
  }

  /** A logarithmic axis of ages, with a tick at each power of two. */
  public static Axis ages(List<Series> lines) {
    double oldest = values(lines, Point::x).max().orElse(0);
    return Axis.log(
        "Age of the memory, in updates since it was written",
        0.93,
        1.08 * Math.max(2, oldest),
        IntStream.range(0, 40).mapToDouble(power -> Math.pow(2, power)).toArray());
  }

  /** A vertical axis of cosines; it ends above 1, but bands do not. */
  public static Axis cosines(String label, double from, double step) {
    return Axis.linear(label, from, 1 + step / 5, step).within(-1, 1);
  }
}
