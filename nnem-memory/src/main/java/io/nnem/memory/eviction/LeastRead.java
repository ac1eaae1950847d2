package io.nnem.memory.eviction;

import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
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

  /** Below this, the running means are brought back to a unit of 1. */
  private static final double SMALLEST_UNIT = 1e-100;

  private final double decay;
  private double unit = 1; // of worths: it decays, so that they need not
  private double sum; // of worths
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
    mean = size() == 0 ? 0 : Math.max(0, sum / size());
    forget(slots);
    super.onWrite(slots, keys, values);
    sum += mean * slots.count();
  }

  @Override
  double worthOfNew(int row) {
    return mean;
  }

  @Override
  public void onClear(Slots slots) {
    forget(slots);
    super.onClear(slots);
    sum = size() == 0 ? 0 : sum; // without what rounding has left
  }

  /** A slot that holds nothing is worth 0. */
  private void forget(Slots slots) {
    for (int i = 0; i < slots.count(); i++) {
      sum -= worth(slots.get(i));
    }
  }

  @Override
  public boolean listensToReads() {
    return true;
  }

  @Override
  public void onRead(Slots slots, T weights) {
    unit *= decay;
    if (unit < SMALLEST_UNIT) {
      scaleWorths(unit);
      sum *= unit;
      unit = 1;
    }
    float[] read = numbers(weights);
    for (int i = 0; i < read.length; i++) {
      int slot = slots.get(i);
      double more = (1 - decay) * read[i] / unit;
      setWorth(slot, worth(slot) + more);
      sum += more;
    }
  }

  @Override
  public void save(StateWriter out) {
    super.save(out);
    out.doubles("unit-and-sum", unit, sum);
  }

  @Override
  public void load(StateReader in) {
    super.load(in);
    if (in.has("unit-and-sum")) {
      double[] both = in.doubles("unit-and-sum", 2);
      unit = both[0];
      sum = both[1];
    } else { // saved when means were decayed one by one
      unit = 1;
      sum = sumOfWorths();
    }
    if (!(unit > 0 && unit <= 1) || !Double.isFinite(sum)) {
      throw new StateException("What was read is in units of " + unit + ", in all " + sum + ".");
    }
  }
}
