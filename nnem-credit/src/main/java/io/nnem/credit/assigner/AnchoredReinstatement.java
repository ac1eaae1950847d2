package io.nnem.credit.assigner;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Recollection;
import io.nnem.memory.MemoryStore;
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
final class AnchoredReinstatement<T> implements CreditAssigner<T> {

  static final String ANCHOR = "anchor";

  private final Embedder<T> embedder;
  private final MemoryStore<T> memory;
  private final Reembedding<T> reembedding;
  private final CreditBudget<T> budget;
  private final Anchor<T> anchor;

  AnchoredReinstatement(CreditContext<T> context) {
    double strength = context.options().number(ANCHOR, 0.5);
    if (!(strength >= 0) || Double.isInfinite(strength)) {
      throw new IllegalArgumentException(
          "Option " + ANCHOR + " must be a finite number, 0 or above, but is " + strength + ".");
    }
    this.embedder = context.embedder();
    this.memory = context.memory();
    this.budget = new CreditBudget<>(context);
    this.reembedding = new Reembedding<>(context, budget.most());
    this.anchor = new Anchor<>(context.tensors(), budget.most(), memory.keySize(), strength);
  }

  @Override
  public Recollection<T> recall(Slots slots) {
    return new Recollection<>(slots, memory.keys(slots));
  }

  @Override
  public void assign(Recollection<T> recalled, T weights, T keyGradient) {
    CreditBudget.Share<T> share = budget.of(recalled.slots(), keyGradient);
    ForwardPass<T> fresh = reembedding.of(share.slots());
    T stored = memory.keys(share.slots());
    embedder.backward(fresh, anchor.carry(stored, fresh.output(), share.gradients(), share.unit()));
  }

  /** How far the fresh keys of the latest {@link #assign} were from the stored ones, 0 to 1. */
  double mismatch() {
    return anchor.mismatch();
  }

  @Override
  public void update() {
    budget.update();
  }

  @Override
  public void discard() {
    budget.discard();
  }

  @Override
  public void written(Slots slots, ForwardPass<T> pass) {
    reembedding.written(slots, pass);
  }

  @Override
  public long retainedBytes() {
    return reembedding.retainedBytes();
  }

  @Override
  public void close() {
    reembedding.close();
    budget.close();
    anchor.close();
  }
}
