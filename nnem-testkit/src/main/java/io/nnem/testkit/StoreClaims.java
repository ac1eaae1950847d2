package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Tensors;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Retention;
import io.nnem.memory.Slots;
import io.nnem.memory.retention.FirstInFirstOut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the author of a memory store says of it, and what the laws are tried on. */
abstract class StoreClaims<T> {

  static final int CAPACITY = 6;
  static final int KEY = 3;
  static final int VALUE = 2;

  Matrices<T> matrices;
  MemoryStore<T> store;

  /**
   * The back end to test on.
   *
   * @return any; the reference will do
   */
  protected abstract Tensors<T> tensors();

  /**
   * A new and empty store.
   *
   * @param tensors the back end
   * @param capacity slots
   * @param keySize floats of a key
   * @param valueSize floats of a value
   * @param retention which slots new memories take
   * @return the store, which the contract closes
   */
  protected abstract MemoryStore<T> store(
      Tensors<T> tensors, int capacity, int keySize, int valueSize, Retention retention);

  @BeforeEach
  final void open() {
    Tensors<T> tensors = tensors();
    matrices = new Matrices<>(tensors, "memory store");
    store = store(tensors, CAPACITY, KEY, VALUE, new FirstInFirstOut(CAPACITY));
  }

  @AfterEach
  final void close() {
    store.close();
    matrices.close();
  }

  /** Rows that tell which memory they belong to. */
  final T rows(int columns, int... memories) {
    float[] elements = new float[memories.length * columns];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = 10 * memories[i / columns] + i % columns;
    }
    return matrices.of(memories.length, columns, elements);
  }

  final Slots write(long version, int... memories) {
    return store.write(rows(KEY, memories), rows(VALUE, memories), version);
  }

  final void assertHolds(int slot, int key, int value, long version) {
    Slots one = Slots.of(slot);
    assertThat(matrices.elements(store.keys(one)))
        .as("key in slot %d", slot)
        .containsExactly(10 * key, 10 * key + 1, 10 * key + 2);
    assertThat(matrices.elements(store.values(one)))
        .as("value in slot %d", slot)
        .containsExactly(10 * value, 10 * value + 1);
    assertThat(store.writtenAt(slot)).as("version in slot %d", slot).isEqualTo(version);
  }
}
