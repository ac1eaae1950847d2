package io.nnem.memory.retention;

import io.nnem.memory.Slots;

/**
 * Gives up the memory whose reinstatement is least certain, as it was {@linkplain #score scored}
 * last (Hansen 2017 names the uncertainty of a variational autoencoder). A memory that was never
 * scored counts as certain, so that without scores the oldest goes first. {@code
 * io.nnem.credit.ScoredMemory} has a decoder say the scores.
 */
public final class LeastCertain extends LowestFirst {

  /**
   * Creates the policy of an empty memory.
   *
   * @param capacity slots of the memory, at least 1
   */
  public LeastCertain(int capacity) {
    super(capacity);
  }

  @Override
  double newcomersWorth() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public void score(Slots slots, double[] uncertainties) {
    for (int i = 0; i < uncertainties.length; i++) {
      setWorth(slots.get(i), -uncertainties[i]);
    }
  }
}
