package io.nnem.bench.run;

import java.util.Arrays;
import java.util.Collection;

/** The middle of a few measurements, which one slow block does not move. */
public final class Medians {

  private Medians() {}

  /**
   * The median.
   *
   * @param numbers at least one
   * @return the middle one, or the mean of the middle two
   * @throws IllegalArgumentException if there is none
   */
  public static double of(Collection<Double> numbers) {
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException("There is no median of no numbers.");
    }
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }
}
