package io.nnem.credit.assigner;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.RecalledKeys;
import io.nnem.memory.Slots;

/**
 * Reads with the embeddings of reinstated observations instead of the stored keys, so that the
 * gradient is the true one of what was read (Hansen 2017, figure 1c).
 */
final class ExactReinstatement<T> implements CreditAssigner<T> {

  private final Embedder<T> embedder;
  private final Reembedding<T> reembedding;
  private ForwardPass<T> pass;
  private RecalledKeys<T> latest;

  ExactReinstatement(CreditContext<T> context) {
    this.embedder = context.embedder();
    this.reembedding = new Reembedding<>(context);
  }

  @Override
  public RecalledKeys<T> recall(Slots slots) {
    pass = reembedding.of(slots);
    latest = new RecalledKeys<>(slots, pass.output());
    return latest;
  }

  @Override
  public boolean embedsAnew() {
    return true;
  }

  @Override
  public void embedAnew(Slots slots, T out) {
    reembedding.embed(slots, out);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // the very same one, not one like it
  public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
    if (recalled != latest) {
      throw new IllegalStateException(
          "Credit can be assigned only for what was recalled last; recall again.");
    }
    embedder.backward(pass, keyGradient);
  }

  @Override
  public long retainedBytes() {
    return reembedding.retainedBytes();
  }

  @Override
  public void save(StateWriter out) {}

  @Override
  public void load(StateReader in) {}

  @Override
  public void close() {
    reembedding.close();
  }
}
