package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.GrowingRows;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.Memory;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.MemoryStoreContext;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.Slots;
import java.util.Optional;

/** A memory with rows that tell which memory they belong to. */
final class MemoryRig<T> implements AutoCloseable {

  static final int KEY = 3;
  static final int VALUE = 2;

  final Memory<T> memory;
  final MemoryStore<T> store;
  final Matrices<T> matrices;
  EvictionPolicy<T> policy;
  private final GrowingRows<T> keys;
  private final GrowingRows<T> values;

  MemoryRig(
      Tensors<T> tensors,
      MemoryStoreProvider stores,
      EvictionPolicyProvider policies,
      Options options,
      int capacity) {
    matrices = new Matrices<>(tensors, "memory");
    store = stores.create(new MemoryStoreContext<>(tensors, capacity, KEY, VALUE, options));
    memory =
        Memory.create(
            tensors,
            store,
            its -> {
              policy = policies.create(context(tensors, its, options));
              return policy;
            });
    keys = new GrowingRows<>(tensors, KEY);
    values = new GrowingRows<>(tensors, VALUE);
  }

  /** A key is the more uncertain the smaller it is. */
  private static <T> EvictionContext<T> context(
      Tensors<T> tensors, Memory<T> memory, Options options) {
    return new EvictionContext<>(
        tensors,
        memory,
        Optional.of(
            keys -> {
              double[] uncertainties = new double[tensors.rows(keys)];
              for (int i = 0; i < uncertainties.length; i++) {
                uncertainties[i] = 1 / (1 + Math.abs(tensors.get(keys, i, 0)));
              }
              return uncertainties;
            }),
        TestSeed.get(),
        options);
  }

  /** Rows of which each element says which memory it is of, and which column. */
  T rows(int columns, int... memories) {
    float[] elements = new float[memories.length * columns];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = 10 * memories[i / columns] + i % columns;
    }
    return matrices.of(memories.length, columns, elements);
  }

  Slots write(long version, int... memories) {
    return memory.write(rows(KEY, memories), rows(VALUE, memories), version);
  }

  double[] keys(Slots slots) {
    return matrices.elements(memory.keys(slots, keys));
  }

  double[] values(Slots slots) {
    return matrices.elements(memory.values(slots, values));
  }

  void assertHolds(int slot, int key, int value, long version) {
    Slots one = Slots.of(slot);
    assertThat(keys(one))
        .as("key in slot %d", slot)
        .containsExactly(10 * key, 10 * key + 1, 10 * key + 2);
    assertThat(values(one))
        .as("value in slot %d", slot)
        .containsExactly(10 * value, 10 * value + 1);
    assertThat(memory.writtenAt(slot)).as("version in slot %d", slot).isEqualTo(version);
  }

  @Override
  public void close() {
    memory.close();
    matrices.close();
    keys.close();
    values.close();
  }
}
