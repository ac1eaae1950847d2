package io.nnem.credit.refresh;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
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
final class DriftTimesReads implements RefreshPolicy {

  private static final double DECAY = 0.9;

  private final long[] madeAt;
  private final double[] read;

  DriftTimesReads(int capacity) {
    this.madeAt = new long[capacity];
    this.read = new double[capacity];
  }

  /** Keeps the best so far in descending order; most slots are no match for the last of them. */
  @Override
  public Slots choose(int count, Slots occupied, long version) {
    int[] best = new int[count];
    double[] priorities = new double[count];
    int held = 0;
    for (int i = 0; i < occupied.count(); i++) {
      int slot = occupied.get(i);
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
  public void written(Slots slots, long version) {
    for (int i = 0; i < slots.count(); i++) {
      madeAt[slots.get(i)] = version;
      read[slots.get(i)] = 0;
    }
  }

  @Override
  public void refreshed(Slots slots, long version) {
    for (int i = 0; i < slots.count(); i++) {
      madeAt[slots.get(i)] = version;
    }
  }

  @Override
  public boolean goesByReads() {
    return true;
  }

  @Override
  public void read(Slots slots, float[] weights) {
    for (int i = 0; i < read.length; i++) {
      read[i] *= DECAY;
    }
    for (int i = 0; i < weights.length; i++) {
      read[slots.get(i)] += (1 - DECAY) * weights[i];
    }
  }

  @Override
  public void save(StateWriter out) {
    out.longs("made-at", madeAt);
    out.doubles("read", read);
  }

  @Override
  public void load(StateReader in) {
    System.arraycopy(in.longs("made-at", madeAt.length), 0, madeAt, 0, madeAt.length);
    System.arraycopy(in.doubles("read", read.length), 0, read, 0, read.length);
  }
}
