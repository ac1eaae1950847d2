package io.nnem.credit.assigner;

import io.nnem.core.Embedder;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditContext;
import io.nnem.credit.RecalledKeys;

/**
 * Reads the stored keys, and applies their gradients at the embeddings of reinstated observations,
 * whatever the mismatch (Hansen 2017, figure 1d).
 */
final class ApproximateReinstatement<T> extends StoredKeyAssigner<T> {

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final CreditBudget<T> budget;
  private final Reembedding<T> reembedding;

  ApproximateReinstatement(CreditContext<T> context) {
    super(context);
    this.tensors = context.tensors();
    this.embedder = context.embedder();
    this.budget = new CreditBudget<>(context);
    this.reembedding = new Reembedding<>(context);
  }

  @Override
  public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
    CreditBudget.Share<T> share = budget.of(recalled.slots(), keyGradient);
    int count = share.slots().count();
    for (int from = 0; from < count; from += CHUNK) {
      int to = Math.min(from + CHUNK, count);
      embedder.backward(
          reembedding.of(share.slots().part(from, to)),
          tensors.rowRange(share.gradients(), from, to));
    }
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
  public long retainedBytes() {
    return reembedding.retainedBytes();
  }

  @Override
  public void save(StateWriter out) {
    out.part("budget", budget);
  }

  @Override
  public void load(StateReader in) {
    in.part("budget", budget);
  }

  @Override
  public void close() {
    super.close();
    reembedding.close();
    budget.close();
  }
}
