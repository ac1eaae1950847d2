package io.nnem.bench.system;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a task has computed: named rows of numbers, such as each step's loss and the parameters'
 * updates.
 *
 * @param values by name
 */
public record Outcome(Map<String, float[]> values) {

  /** Name of the losses, which agree more closely than what Adam makes of their gradients. */
  public static final String LOSS = "loss";

  /**
   * How far two systems' updates may be apart, as a part of their length. Adam's first steps move a
   * parameter by its rate however small the gradient is, so that rounding, which decides the sign
   * of the smallest ones, shows.
   */
  static final double TOLERANCE = 0.02;

  /** The same for losses and answers. */
  static final double CLOSE = 1e-3;

  /** Sorted, so that messages are the same every time. */
  public Outcome {
    values = new TreeMap<>(values);
  }

  /**
   * Compares with another system's.
   *
   * @param other what it is compared with
   * @return what is wrong, with the deviation; empty if they agree
   */
  public Optional<String> disagreement(Outcome other) {
    if (!values.keySet().equals(other.values.keySet())) {
      return Optional.of("has " + values.keySet() + ", not " + other.values.keySet());
    }
    for (Map.Entry<String, float[]> entry : values.entrySet()) {
      String name = entry.getKey();
      double deviation = deviation(entry.getValue(), other.values.get(name));
      double allowed = name.endsWith("update") ? TOLERANCE : CLOSE;
      if (!(deviation <= allowed)) {
        return Optional.of(
            String.format(
                Locale.ROOT, "%s deviates by %.2g, more than %.2g", name, deviation, allowed));
      }
    }
    return Optional.empty();
  }

  /**
   * The length of the difference, as a part of the second's length.
   *
   * @param a numbers
   * @param b as many numbers
   * @return {@code |a - b| / |b|}; 0 if both are zeros; infinite if there are more of one
   */
  public static double deviation(float[] a, float[] b) {
    if (a.length != b.length) {
      return Double.POSITIVE_INFINITY;
    }
    double difference = 0;
    double length = 0;
    for (int i = 0; i < a.length; i++) {
      difference += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      length += (double) b[i] * b[i];
    }
    return difference == 0 ? 0 : Math.sqrt(difference / length);
  }
}
