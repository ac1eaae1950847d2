package io.nnem.memory.store;

import io.nnem.core.GrowingRows;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.MemoryStoreContext;
import io.nnem.memory.SlotMatrix;
import io.nnem.memory.Slots;

/**
 * Keys and values in two matrices of the back end.
 *
 * @param <T> the matrix type
 */
public final class FixedCapacityStore<T> implements MemoryStore<T> {

  private final Tensors<T> tensors;
  private final int capacity;
  private final SlotMatrix<T> keys;
  private final SlotMatrix<T> values;

  /**
   * Allocates the matrices.
   *
   * @param context sizes
   */
  public FixedCapacityStore(MemoryStoreContext<T> context) {
    this.tensors = context.tensors();
    this.capacity = context.capacity();
    this.keys = new SlotMatrix<>(tensors, capacity, context.keySize());
    this.values = new SlotMatrix<>(tensors, capacity, context.valueSize());
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int keySize() {
    return keys.columns();
  }

  @Override
  public int valueSize() {
    return values.columns();
  }

  @Override
  public void writeKeys(Slots slots, T newKeys) {
    keys.write(slots, newKeys);
  }

  @Override
  public void writeValues(Slots slots, T newValues) {
    values.write(slots, newValues);
  }

  @Override
  public T keys(Slots slots, GrowingRows<T> room) {
    return keys.rows(slots, room);
  }

  @Override
  public T values(Slots slots, GrowingRows<T> room) {
    return values.rows(slots, room);
  }

  @Override
  public void nearest(
      T queries, int[] slots, int[] ends, int k, int[] found, float[] similarities) {
    keys.nearest(queries, slots, ends, k, found, similarities);
  }

  @Override
  public long bytesPerSlot() {
    return (long) (keySize() + valueSize()) * tensors.elementBytes();
  }

  @Override
  public void save(StateWriter out) {
    out.part("keys", keys);
    out.part("values", values);
  }

  @Override
  public void load(StateReader in) {
    in.part("keys", keys);
    in.part("values", values);
  }

  @Override
  public void close() {
    keys.close();
    values.close();
  }
}
