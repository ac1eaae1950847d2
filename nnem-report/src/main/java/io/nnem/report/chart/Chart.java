package io.nnem.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A chart: axes, and what is drawn between them.
 *
 * @param kind what points become
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series in the order in which they are drawn
 * @param guides lines across the chart that numbers are to be compared with
 */
public record Chart(Kind kind, Axis x, Axis y, List<Series> series, List<Guide> guides) {
  /** What points become. */
  public enum Kind {
    /** Lines with a band around them. */
    LINES,
    /** The same, with a dot at each point. */
    DOTTED_LINES,
    /** Dots with intervals, joined by a thin line. */
    JOINED_DOTS,
    /** Dots. */
    DOTS,
    /** Bars from the ground up, those of one place side by side. */
    BARS,
    /** Bars without a gap. */
    HISTOGRAM,
    /** Coloured cells. */
    CELLS,
    /** Lines across several vertical axes; see {@link Parallel}. */
    PARALLEL;

    boolean dotted() {
      return this == DOTTED_LINES || this == JOINED_DOTS || this == DOTS;
    }
  }

  /**
   * A line across the chart.
   *
   * @param at where on its axis
   * @param vertical whether it goes upward, from the horizontal axis
   * @param bold whether it is drawn stronger
   * @param ticks what stands beside a vertical one, at places of the vertical axis
   */
  public record Guide(double at, boolean vertical, boolean bold, List<Axis.Tick> ticks) {
    /** Makes the list unchangeable. */
    public Guide {
      ticks = List.copyOf(ticks);
    }

    /** A line with nothing beside it. */
    public Guide(double at, boolean vertical, boolean bold) {
      this(at, vertical, bold, List.of());
    }
  }

  /** Makes the lists unchangeable. */
  public Chart {
    series = List.copyOf(series);
    guides = List.copyOf(guides);
  }

  /** A chart without guides. */
  public Chart(Kind kind, Axis x, Axis y, List<Series> series) {
    this(kind, x, y, series, List.of());
  }

  /** The same chart with one more guide. */
  public Chart with(Guide guide) {
    List<Guide> more = new ArrayList<>(guides);
    more.add(guide);
    return new Chart(kind, x, y, series, more);
  }

  /**
   * Bars for some names.
   *
   * @param x an axis of names
   * @param label of the vertical axis
   * @param series their points are at 0, 1 and so on
   * @return upward from 0, and downward where a value is below it
   */
  public static Chart bars(Axis x, String label, List<Series> series) {
    double[] ends =
        series.stream()
            .flatMap(each -> each.points().stream())
            .flatMapToDouble(point -> DoubleStream.of(point.y(), point.low(), point.high(), 0))
            .filter(Double::isFinite)
            .toArray();
    double low = Arrays.stream(ends).min().orElse(0);
    double high = Arrays.stream(ends).max().orElse(1);
    double room = 0.05 * (high - low);
    return new Chart(
        Kind.BARS, x, Axis.linear(label, low < 0 ? low - room : 0, high + room), series);
  }

  /**
   * How often numbers of each size occur.
   *
   * @param label of the horizontal axis
   * @param style of the bars
   * @param values finite numbers, at least one
   * @param bins how many bars, at least one
   * @return bars of equal width from the least to the largest
   */
  public static Chart histogram(String label, Style style, double[] values, int bins) {
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Math.max(Arrays.stream(values).max().orElseThrow(), Math.nextUp(low));
    double width = (high - low) / bins;
    int[] counts = new int[bins];
    for (double value : values) {
      counts[(int) Math.min(bins - 1, (value - low) / width)]++;
    }
    List<Point> points =
        IntStream.range(0, bins)
            .mapToObj(
                i ->
                    Point.of(
                        low + (i + 0.5) * width,
                        counts[i],
                        String.format(
                            Locale.ROOT, "%.4g to %.4g", low + i * width, low + (i + 1) * width)))
            .toList();
    int most = Arrays.stream(counts).max().orElse(1);
    return new Chart(
        Kind.HISTOGRAM,
        Axis.linear(label, low, high),
        Axis.linear("Count", 0, 1.05 * most),
        List.of(new Series("", style, points)));
  }

  /**
   * A heat map: the darker a cell, the larger its value.
   *
   * @param x an axis of names, of the columns
   * @param y an axis of names, of the rows, the lowest first
   * @param values of each row the value of each column; a cell whose value is NaN stays empty
   * @return cells with their values in them
   */
  public static Chart heatMap(Axis x, Axis y, double[][] values) {
    double[] all =
        Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
    double low = Arrays.stream(all).min().orElse(0);
    double high = Arrays.stream(all).max().orElse(1);
    List<Point> cells = new ArrayList<>();
    for (int row = 0; row < values.length; row++) {
      for (int column = 0; column < values[row].length; column++) {
        double value = values[row][column];
        double size = high > low ? (value - low) / (high - low) : 0.5;
        if (Double.isFinite(value)) {
          String text = String.format(Locale.ROOT, "%.3g", value);
          cells.add(Point.of(column, row, text).sized(size));
        }
      }
    }
    return new Chart(
        Kind.CELLS, x, y, List.of(new Series("", Style.of("#0072B2", "#4DA9E0"), cells)));
  }

  /**
   * The same chart, in which series that begin at the same place stand side by side, so that all
   * are seen, and clear of those at the next place.
   *
   * @return a new chart
   */
  public Chart sideBySide() {
    Map<Double, List<Series>> groups = new HashMap<>();
    for (Series each : series) {
      if (!each.points().isEmpty()) {
        groups.computeIfAbsent(place(each), key -> new ArrayList<>()).add(each);
      }
    }
    List<Series> shifted = new ArrayList<>();
    for (Series each : series) {
      List<Series> group = each.points().isEmpty() ? List.of(each) : groups.get(place(each));
      double nearest =
          groups.keySet().stream()
              .mapToDouble(other -> each.points().isEmpty() ? 0 : Math.abs(other - place(each)))
              .filter(distance -> distance > 0)
              .min()
              .orElse(1);
      double at = each.points().isEmpty() ? 0.5 : place(each);
      double room = Math.min(0.7 * nearest, 1.8 * Math.min(at, 1 - at));
      double step = Math.min(0.016, room / group.size());
      double shift = (group.indexOf(each) - (group.size() - 1) / 2.0) * step;
      shifted.add(
          new Series(
              each.name(),
              each.detail(),
              each.style(),
              each.points().stream().map(point -> shifted(point, shift)).toList(),
              each.crosses().stream().map(point -> shifted(point, shift)).toList()));
    }
    return new Chart(kind, x, y, shifted, guides);
  }

  private double place(Series each) {
    return x.place(each.points().get(0).x());
  }

  private Point shifted(Point point, double shift) {
    double at =
        x.log()
            ? point.x() * Math.pow(x.high() / x.low(), shift)
            : point.x() + shift * (x.high() - x.low());
    return new Point(at, point.y(), point.low(), point.high(), point.size(), point.at());
  }
}
