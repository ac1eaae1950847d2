package io.nnem.memory.retention;

import io.nnem.memory.Slots;

/**
 * Gives up the memory of which least is read: the running mean of the weight {@code w} that it gets
 * in a reading,
 *
 * <pre>{@code u = decay u + (1 - decay) w}</pre>
 *
 * <p>which forgets, so that what was read much long ago does not stay for ever. A new memory starts
 * with the mean {@code u} of all others: it is neither given up at once, nor kept for its youth.
 */
public final class LeastRead extends LowestFirst {

  private final double decay;

  /**
   * Creates the policy of an empty memory.
   *
   * @param capacity slots of the memory, at least 1
   * @param decay how much of the running mean a reading leaves, above 0 and below 1
   * @throws IllegalArgumentException if the decay is outside
   */
  public LeastRead(int capacity, double decay) {
    super(capacity);
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "The decay of what was read must be above 0 and below 1, but is "
              + decay
              + "; 0.99 remembers about 100 readings.");
    }
    this.decay = decay;
  }

  @Override
  double newcomersWorth() {
    double sum = 0;
    for (int slot = 0; slot < size(); slot++) {
      sum += worth(slot);
    }
    return size() == 0 ? 0 : sum / size();
  }

  @Override
  public boolean usesReads() {
    return true;
  }

  @Override
  public void read(Slots slots, double[] weights) {
    for (int slot = 0; slot < size(); slot++) {
      setWorth(slot, decay * worth(slot));
    }
    for (int i = 0; i < weights.length; i++) {
      int slot = slots.get(i);
      setWorth(slot, worth(slot) + (1 - decay) * weights[i]);
    }
  }
}
