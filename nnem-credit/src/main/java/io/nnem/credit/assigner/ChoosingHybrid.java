package io.nnem.credit.assigner;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.Option;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.RecalledKeys;
import io.nnem.credit.Reinstatement;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sends each memory, once and for all, to the one of two assigners whose error for its cost is
 * estimated to be smaller: to a {@linkplain SyntheticGradient synthetic gradient}, which gives all
 * credit when the memory is written, or to {@linkplain AnchoredReinstatement anchored
 * reinstatement}, which gives it reading by reading. No memory gets credit from both, so the
 * expected gradient is that of one assigner, whatever is chosen; and only memories that were sent
 * there are ever embedded again.
 *
 * <pre>{@code
 * reinstate memory i   if   hybrid-cost (N / b) e_i <= e
 * e_i = 1 - cos(k_i, f(x_i~))^2          mismatch of its reinstatement, when it is written
 * e   = |m - E g|^2 / |E g|^2            of the gradient network, see TwoReadings
 * }</pre>
 *
 * <p>A memory of capacity {@code N} that takes {@code b} a step reads each {@code N / b} times in
 * its life, and reinstatement embeds it again each time: as many times is its error to be smaller.
 * {@code hybrid-cost} is what embedding a memory again costs, as a multiple of a prediction; small
 * values send more memories to reinstatement.
 *
 * <p>Both errors are parts of a squared length that point elsewhere than they should. They are
 * estimates only: the first is of a key where a gradient is meant. A reinstatement that cannot say
 * beforehand what will come back is judged by the mean mismatch of the memories that it reinstated
 * in the step. What is written in the warm-up, when no credit can be given in advance, is
 * reinstated.
 */
final class ChoosingHybrid<T> implements CreditAssigner<T> {

  static final Option<Double> COST =
      Option.number(
              "hybrid-cost",
              1,
              "how much the error of a reinstatement counts against that of a prediction")
          .where(cost -> cost > 0, "above 0");

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final Memory<T> memory;
  private final Reinstatement<T> source;
  private final double cost;
  private final TwoReadings<T> readings;
  private final SyntheticGradient<T> synthetic;
  private final AnchoredReinstatement<T> reinstatement;
  private final boolean[] reinstated;
  private final GrowingRows<T> buffer;
  private final GrowingRows<T> observations;
  private boolean[] chosen;

  ChoosingHybrid(CreditContext<T> context) {
    this.cost = context.options().get(COST);
    this.tensors = context.tensors();
    this.embedder = context.embedder();
    this.memory = context.memory();
    this.source = context.requireReinstatement();
    this.readings = new TwoReadings<>(tensors, memory.keySize());
    this.reinstatement = new AnchoredReinstatement<>(context);
    this.synthetic = new SyntheticGradient<>(context, readings);
    this.reinstated = new boolean[memory.capacity()];
    this.buffer = new GrowingRows<>(tensors, memory.keySize());
    this.observations = new GrowingRows<>(tensors, embedder.observationSize());
  }

  @Override
  public RecalledKeys<T> recall(Slots slots) {
    return reinstatement.recall(slots);
  }

  @Override
  public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
    synthetic.assign(recalled, weights, keyGradient);
    Slots slots = recalled.slots();
    int[] rows = new int[slots.count()];
    int[] theirs = new int[slots.count()];
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      if (reinstated[slots.get(row)]) {
        rows[count] = row;
        theirs[count++] = slots.get(row);
      }
    }
    if (count == rows.length) {
      reinstatement.assign(recalled, weights, keyGradient);
    } else if (count > 0) {
      T gradient = buffer.first(count);
      tensors.gatherRows(keyGradient, Arrays.copyOf(rows, count), gradient);
      Slots some = Slots.of(Arrays.copyOf(theirs, count));
      reinstatement.assign(reinstatement.recall(some), weights, gradient);
    }
  }

  @Override
  public boolean embedded(ForwardPass<T> pass, T values, T embeddingGradient) {
    chosen = choose(pass);
    T share = buffer.first(pass.rows());
    tensors.fill(0, share);
    if (!synthetic.embedded(pass, values, share)) {
      Arrays.fill(chosen, true); // there is no other credit yet
      return false;
    }
    for (int row = 0; row < chosen.length; row++) {
      if (chosen[row]) {
        tensors.fill(0, tensors.rowRange(share, row, row + 1));
      }
    }
    tensors.addScaled(1, share, embeddingGradient);
    return true;
  }

  private boolean[] choose(ForwardPass<T> pass) {
    double error = readings.error();
    double price = cost * memory.capacity() / pass.rows();
    boolean[] choice = new boolean[pass.rows()];
    Optional<T> foreseen = source.foresee(pass.output(), pass.input(), observations);
    if (foreseen.isEmpty()) {
      Arrays.fill(choice, price * reinstatement.mismatch() <= error);
      return choice;
    }
    T fresh = buffer.first(pass.rows());
    embedder.embed(foreseen.get(), fresh);
    int size = memory.keySize();
    double[] keys = new double[choice.length * size];
    double[] again = new double[choice.length * size];
    tensors.copyOut(pass.output(), keys);
    tensors.copyOut(fresh, again);
    for (int row = 0; row < choice.length; row++) {
      double cosine = Anchor.cosine(keys, again, row * size, (row + 1) * size);
      choice[row] = price * Anchor.mismatch(cosine) <= error;
    }
    return choice;
  }

  /** The share of memories in use that are reinstated. */
  double reinstatedShare() {
    if (memory.size() == 0) {
      return 0;
    }
    Slots all = memory.occupied();
    int count = 0;
    for (int i = 0; i < all.count(); i++) {
      count += reinstated[all.get(i)] ? 1 : 0;
    }
    return count / (double) all.count();
  }

  @Override
  public void update() {
    synthetic.update();
    reinstatement.update();
    readings.commit();
  }

  @Override
  public void discard() {
    synthetic.discard();
    reinstatement.discard();
    readings.discard();
    chosen = null;
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    readings.rewritten(slots);
    for (int i = 0; i < slots.count(); i++) {
      reinstated[slots.get(i)] = chosen == null || chosen[i];
    }
    chosen = null;
  }

  @Override
  public void onClear(Slots slots) {
    readings.rewritten(slots);
    for (int i = 0; i < slots.count(); i++) {
      reinstated[slots.get(i)] = false;
    }
  }

  /** A byte for each memory says where it was sent. */
  @Override
  public long retainedBytes() {
    return reinstatement.retainedBytes() + reinstated.length;
  }

  @Override
  public void save(StateWriter out) {
    out.flags("reinstated", reinstated);
    out.part("readings", readings);
    out.part("synthetic", synthetic);
    out.part("reinstatement", reinstatement);
  }

  @Override
  public void load(StateReader in) {
    boolean[] routes = in.flags("reinstated", reinstated.length);
    System.arraycopy(routes, 0, reinstated, 0, routes.length);
    in.part("readings", readings);
    in.part("synthetic", synthetic);
    in.part("reinstatement", reinstatement);
  }

  @Override
  public void close() {
    reinstatement.close();
    synthetic.close();
    buffer.close();
    observations.close();
  }
}
