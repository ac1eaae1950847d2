package io.nnem.memory.eviction;

import io.nnem.core.GrowingRows;
import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.KeyUncertainty;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;

/**
 * Gives up the memory whose reinstatement is least certain (Hansen 2017: the uncertainty of a
 * variational autoencoder could decide which embeddings to discard).
 *
 * <p>With each write the new memories are scored by what a decoder says of their keys, {@code u_i =
 * U(k_i; phi)}, and so are up to {@code budget} of those that are there, in turn: the decoder
 * learns on, and what it said of a key once is not what it would say now. After {@code capacity /
 * budget} writes every score is renewed. The decoder is asked of the keys, also where observations
 * are reinstated from something else.
 *
 * @param <T> the matrix type
 */
public final class LeastCertain<T> extends LowestFirst<T> {

  private final Memory<T> memory;
  private final KeyUncertainty<T> uncertainty;
  private final int budget;
  private final GrowingRows<T> room;
  private int next;
  private double[] ofNew = new double[0];
  private Slots asked;
  private double[] ofAsked;

  /**
   * Creates the policy of an empty memory.
   *
   * @param context the memory, and who says how certain a key is
   * @param budget how many memories are scored again with each write; 0 for none, -1 for as many as
   *     are written
   * @throws IllegalArgumentException if the budget is below -1, or nobody says how certain a key is
   */
  public LeastCertain(EvictionContext<T> context, int budget) {
    super(context);
    if (budget < -1) {
      throw new IllegalArgumentException(
          "The budget of scores must be 0 memories a write or more, or -1 for as many as are"
              + " written, but is "
              + budget
              + ".");
    }
    this.memory = context.memory();
    this.uncertainty = context.requireUncertainty();
    this.budget = budget;
    this.room = new GrowingRows<>(context.tensors(), memory.keySize());
  }

  @Override
  public void beforeWrite(NewKeys<T> keys, T values) {
    asked = null;
    ofNew = uncertainty.of(keys.keys());
    int count = Math.min(budget < 0 ? ofNew.length : budget, memory.size());
    if (count > 0) {
      int[] turn = new int[count];
      int slot = next - 1;
      for (int i = 0; i < count; i++) {
        slot = memory.nextInUse(slot + 1);
        turn[i] = slot;
      }
      Slots some = Slots.of(turn);
      ofAsked = uncertainty.of(memory.keys(some, room));
      asked = some;
    }
  }

  @Override
  double worthOfNew(int row) {
    return -ofNew[row];
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    if (asked != null) {
      next = (asked.get(asked.count() - 1) + 1) % memory.capacity();
      for (int i = 0; i < ofAsked.length; i++) {
        setWorth(asked.get(i), -ofAsked[i]); // what was just given up is overwritten below
      }
    }
    super.onWrite(slots, keys, values);
  }

  @Override
  public void save(StateWriter out) {
    super.save(out);
    out.ints("next", next);
  }

  @Override
  public void load(StateReader in) {
    super.load(in);
    next = in.ints("next", 1)[0];
    if (next < 0 || next >= memory.capacity()) {
      throw new StateException("The next memory to be scored is at " + next + ".");
    }
  }
}
