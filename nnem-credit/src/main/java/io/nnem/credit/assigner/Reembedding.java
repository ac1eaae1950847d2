package io.nnem.credit.assigner;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Reinstatement;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;

/** Gets observations back and embeds them again, as today's embedder does. */
final class Reembedding<T> implements AutoCloseable {

  private final Embedder<T> embedder;
  private final MemoryStore<T> memory;
  private final Reinstatement<T> reinstatement;
  private final ForwardPass<T> pass;

  Reembedding(CreditContext<T> context) {
    this(context, context.memory().capacity());
  }

  /** For at most so many memories at once. */
  Reembedding(CreditContext<T> context, int most) {
    this.embedder = context.embedder();
    this.memory = context.memory();
    this.reinstatement = context.requireReinstatement();
    this.pass = embedder.newPass(most);
  }

  /** A pass over the reinstated observations of memories; the next call overwrites it. */
  ForwardPass<T> of(Slots slots) {
    embedder.forward(reinstatement.observations(slots, memory.keys(slots)), pass);
    return pass;
  }

  void written(Slots slots, ForwardPass<T> written) {
    reinstatement.written(slots, written.input());
  }

  long retainedBytes() {
    return reinstatement.retainedBytes();
  }

  @Override
  public void close() {
    pass.close();
  }
}
