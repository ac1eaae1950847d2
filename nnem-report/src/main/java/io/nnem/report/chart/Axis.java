package io.nnem.report.chart;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * An axis of a chart.
 *
 * @param label what is along it
 * @param log whether it is logarithmic
 * @param low where it begins
 * @param high where it ends
 * @param least the least that the quantity can be: no band goes below it
 * @param most the most that the quantity can be: no band goes above it
 * @param ticks where it has a line and a number, from low to high
 */
public record Axis(
    String label,
    boolean log,
    double low,
    double high,
    double least,
    double most,
    List<Tick> ticks) {
  private static final int[] NICE = {1, 2, 5};
  private static final int FEW = 8;

  /**
   * A line across the chart.
   *
   * @param at where it is
   * @param text what stands beside it
   */
  public record Tick(double at, String text) {}

  /**
   * Makes the list unchangeable.
   *
   * @throws IllegalArgumentException if the range is empty, or cannot be logarithmic
   */
  public Axis {
    if (!(low < high) || Double.isInfinite(high - low) || (log && low <= 0)) {
      throw new IllegalArgumentException(
          "The axis \"" + label + "\" cannot run from " + low + " to " + high + ".");
    }
    double from = low;
    double to = high;
    ticks = ticks.stream().filter(tick -> tick.at() >= from && tick.at() <= to).toList();
  }

  /** A linear axis with about six ticks at round numbers; without a length it has that of 1. */
  public static Axis linear(String label, double low, double high) {
    double end = high > low ? high : low + 1;
    double power = Math.pow(10, Math.floor(Math.log10((end - low) / 6)));
    double step = 10 * power;
    for (int i = NICE.length - 1; i >= 0; i--) {
      step = NICE[i] * power >= (end - low) / 8 ? NICE[i] * power : step;
    }
    return linear(label, low, end, step);
  }

  /** A linear axis with ticks at all multiples of a step. */
  public static Axis linear(String label, double low, double high, double step) {
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    List<Tick> ticks = new ArrayList<>();
    for (long i = Math.round(Math.ceil(low / step - 1e-9)); i * step <= high + 1e-9 * step; i++) {
      double at = Math.min(high, Math.max(low, i * step));
      ticks.add(new Tick(at, String.format(Locale.ROOT, "%,." + decimals + "f", i * step)));
    }
    return new Axis(label, false, low, high, low, high, ticks);
  }

  /** A logarithmic axis with ticks where they are wanted. */
  public static Axis log(String label, double low, double high, double... ticks) {
    return new Axis(label, true, low, high, low, high, ticks(ticks));
  }

  private static List<Tick> ticks(double... numbers) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    DecimalFormat usual = new DecimalFormat("#,##0.###", symbols);
    DecimalFormat small = new DecimalFormat("0.##E0", symbols);
    return Arrays.stream(numbers)
        .mapToObj(
            at -> {
              boolean tiny = at != 0 && Math.abs(at) < 0.001;
              return new Tick(at, tiny ? small.format(at).replace('E', 'e') : usual.format(at));
            })
        .toList();
  }

  /**
   * An axis for some numbers, with room at both ends: logarithmic if all are positive and the
   * largest is ten times the least. Of few numbers each has its tick.
   */
  public static Axis fitting(String label, double... numbers) {
    double[] values = Arrays.stream(numbers).filter(Double::isFinite).distinct().sorted().toArray();
    double low = values.length == 0 ? 0 : values[0];
    double high = values.length == 0 ? 1 : values[values.length - 1];
    if (low > 0 && high >= 10 * low) {
      Axis axis = logOf(label, values);
      return values.length > FEW ? axis.rounded() : axis;
    }
    double room = high > low ? 0.06 * (high - low) : Math.max(0.5, Math.abs(high) / 2);
    Axis axis = linear(label, low - room, high + room);
    return values.length > FEW
        ? axis
        : new Axis(label, false, axis.low, axis.high, axis.low, axis.high, ticks(values));
  }

  /** A logarithmic axis with room for some numbers, and a tick at each. */
  public static Axis logOf(String label, double... numbers) {
    double[] ticks = Arrays.stream(numbers).distinct().sorted().toArray();
    double low = ticks.length == 0 ? 1 : ticks[0];
    double high = ticks.length == 0 ? 10 : ticks[ticks.length - 1];
    double room = Math.max(1.25, Math.pow(high / low, 0.08));
    return log(label, low / room, high * room, ticks);
  }

  /** The same axis with ticks at 1, 2, 5, 10 or, where they would be many, at 1, 10, 100. */
  public Axis rounded() {
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    int[] steps = last - first > 4 ? new int[] {1} : NICE;
    double[] round =
        IntStream.rangeClosed(first, last)
            .boxed()
            .flatMapToDouble(
                power -> Arrays.stream(steps).mapToDouble(step -> step * Math.pow(10, power)))
            .toArray();
    return log(label, low, high, round);
  }

  /** An axis of names: the first is at 0, the next at 1. */
  public static Axis names(String label, List<String> names) {
    int size = Math.max(1, names.size());
    List<Tick> ticks =
        IntStream.range(0, names.size()).mapToObj(i -> new Tick(i, names.get(i))).toList();
    return new Axis(label, false, -0.5, size - 0.5, -0.5, size - 0.5, ticks);
  }

  /** Whether it is one of {@link #names}. */
  boolean named() {
    return !log && low == -0.5 && high == Math.max(1, ticks.size()) - 0.5;
  }

  /** The same axis of a quantity that has limits of its own, such as a cosine. */
  public Axis within(double smallest, double largest) {
    return new Axis(label, log, low, high, Math.max(low, smallest), Math.min(high, largest), ticks);
  }

  /** Where a number is: 0 at the beginning, 1 at the end. */
  public double place(double value) {
    return log
        ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
        : (value - low) / (high - low);
  }

  /** The nearest number that the quantity can be and that is shown. */
  double constrain(double value) {
    return Math.min(most, Math.max(least, value));
  }
}
