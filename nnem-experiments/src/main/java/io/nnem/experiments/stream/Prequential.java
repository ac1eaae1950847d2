package io.nnem.experiments.stream;

/**
 * How well classes are told of the latest so many instances (Gama, Sebastião and Rodrigues, KDD
 * 2009). With {@code p} the share that is right,
 *
 * <pre>{@code
 * kappa          = (p - q) / (1 - q),   q what chance gets that says each class as often
 * kappa-temporal = (p - r) / (1 - r),   r what "the same as before" gets
 * }</pre>
 *
 * after Bifet and others (ECML PKDD 2013).
 */
final class Prequential {
  private final int[] truths;
  private final int[] said;
  private final boolean[] same;
  private final int classes;
  private int count;
  private int latest = -1;

  Prequential(int window, int classes) {
    this.truths = new int[window];
    this.said = new int[window];
    this.same = new boolean[window];
    this.classes = classes;
  }

  void add(int truth, int prediction) {
    int at = count++ % truths.length;
    truths[at] = truth;
    said[at] = prediction;
    same[at] = truth == latest;
    latest = truth;
  }

  /** All three, NaN where nothing is better than the comparison. */
  record Score(double accuracy, double kappa, double kappaTemporal) {}

  Score score() {
    int instances = Math.min(count, truths.length);
    long[] actual = new long[classes];
    long[] predicted = new long[classes];
    int right = 0;
    int unchanged = 0;
    for (int i = 0; i < instances; i++) {
      actual[truths[i]]++;
      predicted[said[i]]++;
      right += truths[i] == said[i] ? 1 : 0;
      unchanged += same[i] ? 1 : 0;
    }
    double chance = 0;
    for (int c = 0; c < classes; c++) {
      chance += (double) actual[c] * predicted[c] / ((double) instances * instances);
    }
    double accuracy = (double) right / instances;
    return new Score(
        accuracy, above(accuracy, chance), above(accuracy, (double) unchanged / instances));
  }

  private static double above(double accuracy, double other) {
    return other == 1 ? Double.NaN : (accuracy - other) / (1 - other);
  }
}
