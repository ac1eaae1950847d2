package io.nnem.memory.retention;

import io.nnem.memory.Slots;

/**
 * Gives up the memory that was not read for the longest time. A reading weighs every memory, so
 * that counts as read which got at least {@code share} times the mean weight of all that are in
 * use. Being written counts as being read.
 */
public final class LeastRecentlyRead extends LowestFirst {

  private final double share;
  private double readings; // exact, as every number of readings that anybody lives to see

  /**
   * Creates the policy of an empty memory.
   *
   * @param capacity slots of the memory, at least 1
   * @param share how many times the mean weight counts as read, above 0
   * @throws IllegalArgumentException if the share is not a number above 0
   */
  public LeastRecentlyRead(int capacity, double share) {
    super(capacity);
    if (!(share > 0) || Double.isInfinite(share)) {
      throw new IllegalArgumentException(
          "The share of the mean weight that counts as read must be a number above 0, but is "
              + share
              + "; 1 is usual.");
    }
    this.share = share;
  }

  @Override
  double newcomersWorth() {
    return readings;
  }

  @Override
  public boolean usesReads() {
    return true;
  }

  @Override
  public void read(Slots slots, double[] weights) {
    readings++;
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double enough = share * sum / size();
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0 && weights[i] >= enough) {
        setWorth(slots.get(i), readings);
      }
    }
  }
}
