package io.nnem.credit.assigner;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Recollection;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;

/**
 * Reads the stored keys, and applies their gradients at the embeddings of reinstated observations,
 * whatever the mismatch (Hansen 2017, figure 1d).
 */
final class ApproximateReinstatement<T> implements CreditAssigner<T> {

  private final Embedder<T> embedder;
  private final MemoryStore<T> memory;
  private final CreditBudget<T> budget;
  private final Reembedding<T> reembedding;

  ApproximateReinstatement(CreditContext<T> context) {
    this.embedder = context.embedder();
    this.memory = context.memory();
    this.budget = new CreditBudget<>(context);
    this.reembedding = new Reembedding<>(context, budget.most());
  }

  @Override
  public Recollection<T> recall(Slots slots) {
    return new Recollection<>(slots, memory.keys(slots));
  }

  @Override
  public void assign(Recollection<T> recalled, T weights, T keyGradient) {
    CreditBudget.Share<T> share = budget.of(recalled.slots(), keyGradient);
    embedder.backward(reembedding.of(share.slots()), share.gradients());
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
  }
}
