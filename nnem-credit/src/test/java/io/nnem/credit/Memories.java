package io.nnem.credit;

import io.nnem.core.GrowingRows;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.Memory;
import io.nnem.memory.MemoryStoreContext;
import io.nnem.memory.Slots;
import io.nnem.memory.eviction.FirstInFirstOut;
import io.nnem.memory.store.FixedCapacityStore;
import java.util.Optional;

/** Memories whose oldest go first. */
public final class Memories {

  private Memories() {}

  public static <T> Memory<T> fifo(Tensors<T> tensors, int capacity, int keySize, int valueSize) {
    return Memory.create(
        tensors,
        new FixedCapacityStore<>(
            new MemoryStoreContext<>(tensors, capacity, keySize, valueSize, Options.none())),
        memory ->
            new FirstInFirstOut<>(
                new EvictionContext<>(tensors, memory, Optional.empty(), 1, Options.none())));
  }

  /** The keys of slots, in a matrix of their own. */
  public static <T> T keys(Tensors<T> tensors, Memory<T> memory, Slots slots) {
    return memory.keys(slots, new GrowingRows<>(tensors, memory.keySize()));
  }

  /** The values of slots, in a matrix of their own. */
  public static <T> T values(Tensors<T> tensors, Memory<T> memory, Slots slots) {
    return memory.values(slots, new GrowingRows<>(tensors, memory.valueSize()));
  }
}
