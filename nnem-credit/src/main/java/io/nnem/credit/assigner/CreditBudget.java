package io.nnem.credit.assigner;

import io.nnem.core.GrowingRows;
import io.nnem.core.Option;
import io.nnem.core.Seeds;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditContext;
import io.nnem.memory.Slots;
import java.util.Arrays;

/**
 * Bounds how many memories a reading embeds again, whatever the memory's size. Of {@code n}
 * memories with gradients {@code g_i} it draws {@code m} without replacement, and leaves the
 * expected credit as it is (Horvitz and Thompson 1952): a memory that is drawn with probability
 * {@code p_i} counts {@code 1 / p_i} times,
 *
 * <pre>{@code
 * p_i = min(1, c (|g_i| + r / 2)),    sum p_i = m,    r^2 = mean |g_i|^2
 * }</pre>
 *
 * <p>so that what gets most of the credit is always there. The part {@code r / 2} keeps the factors
 * bounded. The draw is systematic: one random number for all. A draw counts only once committed;
 * further ones of the same step are other ones.
 */
final class CreditBudget<T> implements Stateful, AutoCloseable {

  static final Option<Integer> BUDGET =
      Option.integer("credit-budget", 0, "memories that are embedded again in a step; 0 for all")
          .where(budget -> budget >= 0, "0 or more");

  private final Tensors<T> tensors;
  private final int size;
  private final int budget;
  private final long seed;
  private final GrowingRows<T> drawn;
  private float[] gradients = new float[0];
  private double[] chances;
  private long committed;
  private long draws;

  /**
   * What is to be embedded again.
   *
   * @param slots which memories
   * @param gradients theirs, as they count
   * @param unit root mean square length of the gradients of all memories
   */
  record Share<T>(Slots slots, T gradients, double unit) {}

  CreditBudget(CreditContext<T> context) {
    int asked = context.options().get(BUDGET);
    int capacity = context.memory().capacity();
    this.tensors = context.tensors();
    this.size = context.memory().keySize();
    this.budget = asked == 0 ? capacity : Math.min(asked, capacity);
    this.seed = Seeds.derive(context.seed(), BUDGET.name());
    this.drawn = new GrowingRows<>(tensors, size);
  }

  /** All memories if there are no more than the budget has room for. */
  Share<T> of(Slots slots, T keyGradient) {
    int rows = slots.count();
    double unit = Math.sqrt(tensors.dot(keyGradient, keyGradient) / rows);
    if (rows <= budget) {
      return new Share<>(slots, keyGradient, unit);
    }
    if (!(unit > 0 && unit < Double.POSITIVE_INFINITY)) {
      // No credit at all, or a divergence, which must stay visible.
      T any = drawn.first(budget);
      tensors.fill(unit, any);
      return new Share<>(slots.part(0, budget), any, unit);
    }
    if (gradients.length < rows * size) {
      gradients = new float[rows * size];
      chances = new double[rows];
    }
    tensors.copyOut(keyGradient, gradients);
    setChances(rows, unit);
    int[] chosen = draw(rows);
    float[] counted = new float[chosen.length * size];
    for (int i = 0; i < chosen.length; i++) {
      float factor = (float) (1 / chances[chosen[i]]);
      for (int j = 0; j < size; j++) {
        counted[i * size + j] = factor * gradients[chosen[i] * size + j];
      }
    }
    T theirs = drawn.first(chosen.length);
    tensors.copyIn(counted, theirs);
    return new Share<>(slots.at(chosen), theirs, unit);
  }

  /** Those that would be drawn more than once are certain, and the others share what is left. */
  private void setChances(int rows, double unit) {
    for (int i = 0; i < rows; i++) {
      double square = 0;
      for (int j = i * size; j < (i + 1) * size; j++) {
        square += (double) gradients[j] * gradients[j];
      }
      chances[i] = Math.sqrt(square) + unit / 2;
    }
    double left = budget;
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += chances[i];
    }
    double limit = Double.POSITIVE_INFINITY; // sizes from here on are certain
    while (true) {
      double next = sum / left;
      double certain = 0;
      double certainSum = 0;
      for (int i = 0; i < rows; i++) {
        if (chances[i] >= next && chances[i] < limit) {
          certain++;
          certainSum += chances[i];
        }
      }
      if (certain == 0) {
        break;
      }
      limit = next;
      left -= certain;
      sum -= certainSum;
      if (left <= 0) {
        break;
      }
    }
    for (int i = 0; i < rows; i++) {
      chances[i] = chances[i] >= limit || left <= 0 ? 1 : Math.min(1, chances[i] * left / sum);
    }
  }

  private int[] draw(int rows) {
    double start = Seeds.random(seed, committed + "/" + draws).nextDouble();
    draws++;
    int[] chosen = new int[budget];
    int count = 0;
    double passed = 0;
    for (int i = 0; i < rows && count < budget; i++) {
      passed += chances[i];
      if (passed > start + count) {
        chosen[count++] = i;
      }
    }
    return Arrays.copyOf(chosen, Math.max(count, 1));
  }

  void update() {
    committed++;
    draws = 0;
  }

  void discard() {
    draws = 0;
  }

  @Override
  public void save(StateWriter out) {
    out.longs("committed", committed);
  }

  @Override
  public void load(StateReader in) {
    committed = in.number("committed", 0, Long.MAX_VALUE);
  }

  @Override
  public void close() {
    drawn.close();
  }
}
