package io.nnem.credit.assigner;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.Pool;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Reinstatement;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;

/** Gets observations back and embeds them again, as today's embedder does. */
final class Reembedding<T> implements AutoCloseable {

  /** Memories that are embedded at a time where no gradient is wanted. */
  private static final int CHUNK = 1024;

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final Memory<T> memory;
  private final Reinstatement<T> reinstatement;
  private final GrowingPass<T> pass;
  private final Space own;
  private final Pool<Space> spaces = new Pool<>(Space::new);

  /** Where keys and observations are put that cannot be shared. */
  private final class Space implements AutoCloseable {
    private final GrowingRows<T> keys = new GrowingRows<>(tensors, memory.keySize());
    private final GrowingRows<T> observations =
        new GrowingRows<>(tensors, embedder.observationSize());

    T observations(Slots slots) {
      return reinstatement.observations(slots, memory.keys(slots, keys), observations);
    }

    @Override
    public void close() {
      keys.close();
      observations.close();
    }
  }

  Reembedding(CreditContext<T> context) {
    this.tensors = context.tensors();
    this.embedder = context.embedder();
    this.memory = context.memory();
    this.reinstatement = context.requireReinstatement();
    this.pass = new GrowingPass<>(embedder::newPass, memory.capacity());
    this.own = new Space();
  }

  /** A pass over the reinstated observations of memories; the next call overwrites it. */
  ForwardPass<T> of(Slots slots) {
    ForwardPass<T> fresh = pass.withRoomFor(slots.count());
    embedder.forward(own.observations(slots), fresh);
    return fresh;
  }

  /** Embeds without a pass, from any number of threads at once. */
  void embed(Slots slots, T out) {
    Space space = spaces.take();
    try {
      for (int from = 0; from < slots.count(); from += CHUNK) {
        int to = Math.min(from + CHUNK, slots.count());
        embedder.embed(space.observations(slots.part(from, to)), tensors.rowRange(out, from, to));
      }
    } finally {
      spaces.back(space);
    }
  }

  long retainedBytes() {
    return reinstatement.retainedBytes();
  }

  @Override
  public void close() {
    pass.close();
    own.close();
    spaces.close();
  }
}
