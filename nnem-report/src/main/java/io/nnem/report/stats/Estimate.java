package io.nnem.report.stats;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean, and how sure it is.
 *
 * @param count how many values it is the mean of
 * @param mean the mean; NaN of no values
 * @param low95 lower end of its 95% interval; NaN of fewer than two values
 * @param high95 upper end of its 95% interval; NaN of fewer than two values
 */
public record Estimate(int count, double mean, double low95, double high95) {
  /**
   * The mean with Student's t interval: mean +- t(0.975, n - 1) s / sqrt(n).
   *
   * @param values finite numbers
   * @return the estimate
   */
  public static Estimate of(double[] values) {
    int n = values.length;
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / n;
    if (n < 2) {
      return new Estimate(n, mean, Double.NaN, Double.NaN);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double half = student(n - 1) * Math.sqrt(squares / (n - 1) / n);
    return new Estimate(n, mean, mean - half, mean + half);
  }

  /**
   * The mean of the differences between values that belong together.
   *
   * @param first what is compared
   * @param second what it is compared with; what has no partner does not count
   * @param key what partners have in common, such as the seed of a trial
   * @param value the values
   * @return the estimate of first minus second
   */
  public static <R, K> Estimate ofDifferences(
      List<R> first, List<R> second, Function<R, K> key, ToDoubleFunction<R> value) {
    Map<K, Double> others = new HashMap<>();
    second.forEach(each -> others.put(key.apply(each), value.applyAsDouble(each)));
    return of(
        first.stream()
            .filter(each -> others.containsKey(key.apply(each)))
            .mapToDouble(each -> value.applyAsDouble(each) - others.get(key.apply(each)))
            .toArray());
  }

  /**
   * The median of some numbers.
   *
   * @param values those that are not finite do not count
   * @return NaN of none
   */
  public static double median(double... values) {
    double[] known = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    int half = known.length / 2;
    if (known.length == 0) {
      return Double.NaN;
    }
    return known.length % 2 == 1 ? known[half] : (known[half - 1] + known[half]) / 2;
  }

  /** The value that Student's t stays below with a probability of 0.975. */
  static double student(int degrees) {
    return TDistribution.of(degrees).inverseCumulativeProbability(0.975);
  }

  /**
   * Whether there is an interval.
   *
   * @return false of fewer than two values
   */
  public boolean hasInterval() {
    return count >= 2;
  }

  /**
   * What a figure shows around the mean: the interval, or of two values, whose interval says hardly
   * more than that there are two, their range.
   *
   * @return itself, or with the ends of the range
   */
  public Estimate drawn() {
    if (count != 2) {
      return this;
    }
    double half = halfWidth() / student(1); // of a standard error, and so of both
    return new Estimate(count, mean, mean - half, mean + half);
  }

  /**
   * Half of the interval's width: what stands behind the plus-minus sign.
   *
   * @return NaN of fewer than two values
   */
  public double halfWidth() {
    return (high95 - low95) / 2;
  }
}
