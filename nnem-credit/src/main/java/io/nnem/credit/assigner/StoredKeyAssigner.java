package io.nnem.credit.assigner;

import io.nnem.core.GrowingRows;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.RecalledKeys;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;

/** An assigner that reads with the stored keys. */
abstract class StoredKeyAssigner<T> implements CreditAssigner<T> {

  /**
   * Memories that credit is assigned to at a time, so that what it needs does not grow with what is
   * recalled.
   */
  static final int CHUNK = 8192;

  final Memory<T> memory;
  private final GrowingRows<T> keys;

  StoredKeyAssigner(CreditContext<T> context) {
    this.memory = context.memory();
    this.keys = new GrowingRows<>(context.tensors(), memory.keySize());
  }

  @Override
  public final RecalledKeys<T> recall(Slots slots) {
    return new RecalledKeys<>(slots, memory.keys(slots, keys));
  }

  @Override
  public void close() {
    keys.close();
  }
}
