package io.nnem.credit.assigner;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingPass;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditContext;
import io.nnem.credit.RecalledKeys;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;

/**
 * Retains the forward pass of each memory until its slot is given up, and goes back through it
 * (Hansen 2017, figure 1a). The activations are those of the write; the weights that the gradient
 * passes on its way are those of today, since keeping a copy of them for each write is out of the
 * question.
 */
final class BackPropagation<T> extends StoredKeyAssigner<T> {

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final ForwardPass<T> retained;
  private final GrowingPass<T> part;

  BackPropagation(CreditContext<T> context) {
    super(context);
    this.tensors = context.tensors();
    this.embedder = context.embedder();
    this.retained = embedder.newPass(memory.capacity());
    this.retained.reserve();
    this.part = new GrowingPass<>(embedder::newPass, Math.min(CHUNK, memory.capacity()));
  }

  @Override
  public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
    Slots slots = recalled.slots();
    int count = slots.count();
    if (slots.isRange() && count == retained.rows()) {
      embedder.backward(retained, keyGradient);
      return;
    }
    for (int from = 0; from < count; from += CHUNK) {
      int to = Math.min(from + CHUNK, count);
      ForwardPass<T> some = part.withRoomFor(to - from);
      some.gatherFrom(retained, slots.part(from, to).toArray());
      embedder.backward(some, tensors.rowRange(keyGradient, from, to));
    }
  }

  @Override
  public void beforeWrite(NewKeys<T> keys, T values) {
    keys.requirePass();
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    retained.scatterFrom(keys.requirePass(), slots.toArray());
  }

  /** Credit for a freshened key goes through the pass that freshened it. */
  @Override
  public void onReplaceKeys(Slots slots, NewKeys<T> keys) {
    if (keys.pass().isPresent()) {
      retained.scatterFrom(keys.pass().get(), slots.toArray());
    }
  }

  @Override
  public long retainedBytes() {
    return retained.retainedBytes();
  }

  @Override
  public void save(StateWriter out) {
    out.part("retained", retained);
  }

  @Override
  public void load(StateReader in) {
    in.part("retained", retained);
  }

  @Override
  public void close() {
    super.close();
    part.close();
    retained.close();
  }
}
