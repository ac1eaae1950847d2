package io.nnem.experiments.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ages of memories, in embedder updates since the write, from the youngest to below {@code to}. */
public record AgeRange(long from, long to) {
  private static final double[] MANTISSAS = {1, 1.5, 2, 3, 5, 7};

  public AgeRange {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "Ages " + from + " to " + to + " (exclusive) are not a range of ages.");
    }
  }

  /**
   * Divides ages into ranges that grow with the age: 0, 1, 2, 3 to 4, 5 to 6, 7 to 9, 10 to 14 and
   * so on, up to the oldest. Ranges without a memory are left out.
   */
  public static List<AgeRange> of(long... ages) {
    long oldest = Arrays.stream(ages).max().orElseThrow();
    List<AgeRange> ranges = new ArrayList<>();
    long from = 0;
    for (int i = 0; from <= oldest; i++) {
      int power = i / MANTISSAS.length;
      double bound = MANTISSAS[i % MANTISSAS.length] * Math.pow(10, power);
      long to = Math.min(Math.round(bound), oldest + 1);
      if (bound == Math.rint(bound) && to > from) {
        AgeRange range = new AgeRange(from, to);
        if (Arrays.stream(ages).anyMatch(range::contains)) {
          ranges.add(range);
        }
        from = to;
      }
    }
    return ranges;
  }

  public boolean contains(long age) {
    return age >= from && age < to;
  }

  /** Where it is drawn: the mean of its ages, rounded. */
  public long middle() {
    return Math.round((from + to - 1) / 2.0);
  }

  @Override
  public String toString() {
    return to == from + 1 ? Long.toString(from) : from + " to " + (to - 1);
  }
}
