package io.nnem.memory.eviction;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.Slots;

/**
 * Gives up the memory that was not read for the longest time. A reading may weigh every memory, so
 * that counts as read which got at least {@code share} times the mean weight of all that are in
 * use. Being written counts as being read.
 *
 * @param <T> the matrix type
 */
public final class LeastRecentlyRead<T> extends LowestFirst<T> {

  private final double share;
  private long readings;

  /**
   * Creates the policy of an empty memory.
   *
   * @param context the memory
   * @param share how many times the mean weight counts as read, above 0
   * @throws IllegalArgumentException if the share is not a number above 0
   */
  public LeastRecentlyRead(EvictionContext<T> context, double share) {
    super(context);
    if (!(share > 0) || Double.isInfinite(share)) {
      throw new IllegalArgumentException(
          "The share of the mean weight that counts as read must be a number above 0, but is "
              + share
              + "; 1 is usual.");
    }
    this.share = share;
  }

  @Override
  double worthOfNew(int row) {
    return (double) readings; // exact, as every number that anybody lives to see
  }

  @Override
  public boolean listensToReads() {
    return true;
  }

  @Override
  public void onRead(Slots slots, T weights) {
    readings++;
    float[] read = numbers(weights);
    double sum = 0;
    for (float weight : read) {
      sum += weight;
    }
    double enough = share * sum / size();
    for (int i = 0; i < read.length; i++) {
      if (read[i] > 0 && read[i] >= enough) {
        setWorth(slots.get(i), (double) readings);
      }
    }
  }

  @Override
  public void save(StateWriter out) {
    super.save(out);
    out.longs("readings", readings);
  }

  @Override
  public void load(StateReader in) {
    super.load(in);
    readings = in.number("readings", 0, Long.MAX_VALUE);
  }
}
