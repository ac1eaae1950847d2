package io.nnem.memory.eviction;

import io.nnem.memory.EvictionContext;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;

/**
 * Gives up the memory of which least is read: the running mean of the weight {@code w} that it gets
 * in a reading,
 *
 * <pre>{@code u = decay u + (1 - decay) w}</pre>
 *
 * <p>which forgets, so that what was read much long ago does not stay for ever. A new memory starts
 * with the mean {@code u} of all others: it is neither given up at once, nor kept for its youth.
 *
 * @param <T> the matrix type
 */
public final class LeastRead<T> extends LowestFirst<T> {

  private final double decay;
  private double mean;

  /**
   * Creates the policy of an empty memory.
   *
   * @param context the memory
   * @param decay how much of the running mean a reading leaves, above 0 and below 1
   * @throws IllegalArgumentException if the decay is outside
   */
  public LeastRead(EvictionContext<T> context, double decay) {
    super(context);
    if (!(decay > 0 && decay < 1)) {
      throw new IllegalArgumentException(
          "The decay of what was read must be above 0 and below 1, but is "
              + decay
              + "; 0.99 remembers about 100 readings.");
    }
    this.decay = decay;
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    mean = size() == 0 ? 0 : sumOfWorths() / size();
    super.onWrite(slots, keys, values);
  }

  @Override
  double worthOfNew(int row) {
    return mean;
  }

  @Override
  public boolean listensToReads() {
    return true;
  }

  @Override
  public void onRead(Slots slots, T weights) {
    scaleWorths(decay);
    float[] read = numbers(weights);
    for (int i = 0; i < read.length; i++) {
      int slot = slots.get(i);
      setWorth(slot, worth(slot) + (1 - decay) * read[i]);
    }
  }
}
