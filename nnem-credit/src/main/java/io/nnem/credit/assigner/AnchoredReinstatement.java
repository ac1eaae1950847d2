package io.nnem.credit.assigner;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.Option;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditContext;
import io.nnem.credit.RecalledKeys;
import io.nnem.memory.Slots;

/**
 * Approximate reinstatement that knows its mismatch: reading uses the stored keys, and what reaches
 * the fresh keys is not their gradient as it is, but that of a model of the loss around them.
 *
 * <p>A stored key stays where it is, so its gradient says the same in each reading, however far the
 * fresh key has gone already. Applied again and again it carries the fresh key away (the divergence
 * that Hansen 2017 reports of figure 1d): a linear model of the loss has no lowest point. Here the
 * gradient is turned as the stored key is turned into the fresh one, and a term pulls the fresh key
 * back to the stored one, the stronger the larger the gradients are, as in a proximal or
 * trust-region step. {@link Anchor} has the formula. Without mismatch nothing is changed.
 */
final class AnchoredReinstatement<T> extends StoredKeyAssigner<T> {

  static final Option<Double> ANCHOR =
      Option.number(
              "anchor", 0.5, "how strongly a key that is embedded again is held to its slot's")
          .where(strength -> strength >= 0, "0 or above");

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final Reembedding<T> reembedding;
  private final CreditBudget<T> budget;
  private final Anchor<T> anchor;
  private final GrowingRows<T> stored;
  private double mismatch;
  private double proposed;

  AnchoredReinstatement(CreditContext<T> context) {
    super(context);
    this.tensors = context.tensors();
    this.embedder = context.embedder();
    this.budget = new CreditBudget<>(context);
    this.reembedding = new Reembedding<>(context);
    this.anchor = new Anchor<>(tensors, memory.keySize(), context.options().get(ANCHOR));
    this.stored = new GrowingRows<>(tensors, memory.keySize());
  }

  @Override
  public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
    CreditBudget.Share<T> share = budget.of(recalled.slots(), keyGradient);
    int count = share.slots().count();
    double sum = 0;
    for (int from = 0; from < count; from += CHUNK) {
      int to = Math.min(from + CHUNK, count);
      Slots part = share.slots().part(from, to);
      ForwardPass<T> fresh = reembedding.of(part);
      T gradients = tensors.rowRange(share.gradients(), from, to);
      embedder.backward(
          fresh, anchor.carry(memory.keys(part, stored), fresh.output(), gradients, share.unit()));
      sum += anchor.mismatch();
    }
    proposed = sum / count;
  }

  /** How far the fresh keys of the latest credit were from the stored ones: a mean, 0 to 1. */
  double mismatch() {
    return proposed;
  }

  @Override
  public void update() {
    budget.update();
    mismatch = proposed;
  }

  @Override
  public void discard() {
    budget.discard();
    proposed = mismatch;
  }

  @Override
  public long retainedBytes() {
    return reembedding.retainedBytes();
  }

  @Override
  public void save(StateWriter out) {
    out.part("budget", budget);
    out.doubles("mismatch", mismatch);
  }

  @Override
  public void load(StateReader in) {
    in.part("budget", budget);
    mismatch = in.doubles("mismatch", 1)[0];
    proposed = mismatch;
  }

  @Override
  public void close() {
    super.close();
    reembedding.close();
    budget.close();
    anchor.close();
    stored.close();
  }
}
