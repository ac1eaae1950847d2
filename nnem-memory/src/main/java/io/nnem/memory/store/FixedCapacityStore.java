package io.nnem.memory.store;

import io.nnem.core.Shapes;
import io.nnem.core.Tensors;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Retention;
import io.nnem.memory.SlotMatrix;
import io.nnem.memory.Slots;

/**
 * A memory of fixed capacity that is held in two matrices. Slots are filled from 0 on.
 *
 * @param <T> the matrix type
 */
public final class FixedCapacityStore<T> implements MemoryStore<T> {

  private final Tensors<T> tensors;
  private final Retention retention;
  private final int capacity;
  private final SlotMatrix<T> keys;
  private final SlotMatrix<T> values;
  private final long[] writtenAt;
  private Slots occupied;

  /**
   * Creates an empty memory.
   *
   * @param tensors the back end
   * @param capacity slots, at least 1
   * @param keySize floats of a key
   * @param valueSize floats of a value
   * @param retention which slots new memories take
   */
  public FixedCapacityStore(
      Tensors<T> tensors, int capacity, int keySize, int valueSize, Retention retention) {
    this.tensors = tensors;
    this.capacity = capacity;
    this.retention = retention;
    this.keys = new SlotMatrix<>(tensors, capacity, keySize);
    this.values = new SlotMatrix<>(tensors, capacity, valueSize);
    this.writtenAt = new long[capacity];
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int size() {
    return occupied == null ? 0 : occupied.count();
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
  public Slots occupied() {
    if (occupied == null) {
      throw new IllegalStateException("The memory is empty: write to it first.");
    }
    return occupied;
  }

  @Override
  public Slots write(T newKeys, T newValues, long version) {
    int count = tensors.rows(newKeys);
    Shapes.requireColumns(tensors, "The keys", newKeys, keySize());
    Shapes.require(tensors, "The values", newValues, count, valueSize());
    if (count > capacity) {
      throw new IllegalArgumentException(
          count
              + " memories cannot be written at once to a memory of capacity "
              + capacity
              + ": write fewer, or make it larger.");
    }
    tensors.get(newKeys, 0, 0); // a matrix that cannot be read is refused before anything changes
    tensors.get(newValues, 0, 0);
    Slots slots = retention.choose(count);
    int highest = requireFilledInOrder(slots, count);
    keys.write(slots, newKeys);
    values.write(slots, newValues);
    for (int i = 0; i < count; i++) {
      writtenAt[slots.get(i)] = version;
    }
    if (highest > size()) {
      occupied = Slots.range(0, highest);
    }
    retention.written(slots);
    return slots;
  }

  /** A policy that leaves holes, or answers with another number, would break the memory. */
  private int requireFilledInOrder(Slots slots, int count) {
    int highest = size();
    int added = 0;
    for (int i = 0; i < slots.count(); i++) {
      highest = Math.max(highest, slots.get(i) + 1);
      added += slots.get(i) >= size() ? 1 : 0;
    }
    if (slots.count() != count || highest > capacity || highest - size() != added) {
      throw new IllegalStateException(
          "The retention policy "
              + retention.getClass().getName()
              + " chose "
              + slots
              + " for "
              + count
              + " memories, with "
              + size()
              + " of "
              + capacity
              + " slots in use; it must choose as many slots, free ones from the lowest on.");
    }
    return highest;
  }

  @Override
  public T keys(Slots slots) {
    requireInUse(slots);
    return keys.rows(slots);
  }

  @Override
  public T values(Slots slots) {
    requireInUse(slots);
    return values.rows(slots);
  }

  @Override
  public void replaceKeys(Slots slots, T newKeys) {
    requireInUse(slots);
    Shapes.require(tensors, "The keys", newKeys, slots.count(), keySize());
    keys.write(slots, newKeys);
  }

  @Override
  public long writtenAt(int slot) {
    requireInUse(slot);
    return writtenAt[slot];
  }

  @Override
  public boolean usesReads() {
    return retention.usesReads();
  }

  @Override
  public void read(Slots slots, double[] weights) {
    requireNumbers("weight", slots, weights);
    retention.read(slots, weights.clone());
  }

  @Override
  public void score(Slots slots, double[] uncertainties) {
    requireNumbers("uncertainty", slots, uncertainties);
    retention.score(slots, uncertainties.clone());
  }

  private void requireNumbers(String what, Slots slots, double[] numbers) {
    requireInUse(slots);
    if (numbers.length != slots.count()) {
      throw new IllegalArgumentException(
          "There must be one "
              + what
              + " for each of "
              + slots.count()
              + " memories, but there are "
              + numbers.length
              + ".");
    }
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isFinite(numbers[i])) {
        throw new IllegalArgumentException(
            "The "
                + what
                + " of the memory in slot "
                + slots.get(i)
                + " is "
                + numbers[i]
                + "; it must be a finite number.");
      }
    }
  }

  private void requireInUse(Slots slots) {
    if (!slots.equals(occupied)) {
      for (int i = 0; i < slots.count(); i++) {
        requireInUse(slots.get(i));
      }
    }
  }

  private void requireInUse(int slot) {
    if (slot < 0 || slot >= size()) {
      throw new IllegalArgumentException(
          "Slot " + slot + " is not in use: the memory has " + size() + " memories.");
    }
  }

  @Override
  public void close() {
    keys.close();
    values.close();
  }
}
