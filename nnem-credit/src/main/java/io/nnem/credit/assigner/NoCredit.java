package io.nnem.credit.assigner;

import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Recollection;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;

/** Reads the stored keys and drops their gradients. */
final class NoCredit<T> implements CreditAssigner<T> {

  private final MemoryStore<T> memory;

  NoCredit(CreditContext<T> context) {
    this.memory = context.memory();
  }

  @Override
  public Recollection<T> recall(Slots slots) {
    return new Recollection<>(slots, memory.keys(slots));
  }

  @Override
  public boolean usesKeyGradient() {
    return false;
  }

  @Override
  public void assign(Recollection<T> recalled, T weights, T keyGradient) {}

  @Override
  public long retainedBytes() {
    return 0;
  }

  @Override
  public void close() {}
}
