package io.nnem.credit.assigner;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Recollection;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;

/**
 * Retains the forward pass of each memory until its slot is given up, and goes back through it
 * (Hansen 2017, figure 1a). The activations are those of the write; the weights that the gradient
 * passes on its way are those of today, since keeping a copy of them for each write is out of the
 * question.
 */
final class BackPropagation<T> implements CreditAssigner<T> {

  private final Embedder<T> embedder;
  private final MemoryStore<T> memory;
  private final ForwardPass<T> retained;
  private ForwardPass<T> part;

  BackPropagation(CreditContext<T> context) {
    this.embedder = context.embedder();
    this.memory = context.memory();
    this.retained = embedder.newPass(memory.capacity());
    this.retained.reserve();
  }

  @Override
  public Recollection<T> recall(Slots slots) {
    return new Recollection<>(slots, memory.keys(slots));
  }

  @Override
  public void assign(Recollection<T> recalled, T weights, T keyGradient) {
    embedder.backward(passOf(recalled.slots()), keyGradient);
  }

  private ForwardPass<T> passOf(Slots slots) {
    if (slots.isRange() && slots.count() == retained.rows()) {
      return retained;
    }
    if (part == null || part.capacity() < slots.count()) {
      closePart();
      part = embedder.newPass(slots.count());
    }
    part.gatherFrom(retained, slots.toArray());
    return part;
  }

  @Override
  public void written(Slots slots, ForwardPass<T> pass) {
    retained.scatterFrom(pass, slots.toArray());
  }

  /** The way back of a freshened key is that of the pass that freshened it. */
  @Override
  public void freshened(Slots slots, ForwardPass<T> pass) {
    retained.scatterFrom(pass, slots.toArray());
  }

  @Override
  public long retainedBytes() {
    return retained.retainedBytes();
  }

  private void closePart() {
    if (part != null) {
      part.close();
      part = null; // a failed allocation must not leave what is closed in use
    }
  }

  @Override
  public void close() {
    closePart();
    retained.close();
  }
}
