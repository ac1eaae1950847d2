package io.nnem.credit.freshening;

import io.nnem.credit.Freshening;
import io.nnem.memory.Slots;

/**
 * Freshens the keys whose staleness costs most: expected drift times what is read of them. The
 * drift of a key is expected to grow with the embedder's updates since it was made, whether by
 * writing or by freshening; what is read is a running mean of the weight that it gets in a reading:
 *
 * <pre>{@code
 * priority = (version - version of the key) u
 * u        = 0.9 u + 0.1 weight
 * }</pre>
 *
 * <p>A new memory starts with {@code u = 0}, for it needs no freshening yet. Of equal priorities
 * the lowest slot goes first.
 */
public final class DriftTimesReads implements Freshening {

  private static final double DECAY = 0.9;

  private final long[] madeAt;
  private final double[] read;

  /**
   * Creates the policy of an empty memory.
   *
   * @param capacity slots of the memory, at least 1
   */
  public DriftTimesReads(int capacity) {
    this.madeAt = new long[capacity];
    this.read = new double[capacity];
  }

  /** Keeps the best so far in descending order; most slots are no match for the last of them. */
  @Override
  public Slots choose(int count, int size, long version) {
    int[] best = new int[count];
    double[] priorities = new double[count];
    int held = 0;
    for (int slot = 0; slot < size; slot++) {
      double priority = (version - madeAt[slot]) * read[slot];
      if (held == count && priority <= priorities[count - 1]) {
        continue;
      }
      int at = held < count ? held++ : count - 1;
      while (at > 0 && priorities[at - 1] < priority) {
        priorities[at] = priorities[at - 1];
        best[at] = best[at - 1];
        at--;
      }
      priorities[at] = priority;
      best[at] = slot;
    }
    return Slots.of(best);
  }

  @Override
  public void renewed(Slots slots, long version, boolean freshened) {
    for (int i = 0; i < slots.count(); i++) {
      madeAt[slots.get(i)] = version;
      if (!freshened) {
        read[slots.get(i)] = 0;
      }
    }
  }

  @Override
  public void read(Slots slots, double[] weights) {
    for (int i = 0; i < read.length; i++) {
      read[i] *= DECAY;
    }
    for (int i = 0; i < weights.length; i++) {
      read[slots.get(i)] += (1 - DECAY) * weights[i];
    }
  }
}
