package io.nnem.memory;

import io.nnem.core.GrowingRows;
import io.nnem.core.Shapes;
import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/**
 * The external memory: a key and a value in each slot, held by a {@link MemoryStore}; an {@link
 * EvictionPolicy} that gives up memories for new ones; and listeners that learn of everything that
 * happens to a slot. A memory keeps its slot for life, and its slot, value and age survive every
 * operation that does not name it.
 *
 * <p>Reading ({@link #keys}, {@link #values}, {@link #occupied} and the like) may happen from any
 * number of threads at once while nobody changes the memory. What changes it is for one thread at a
 * time, and excludes reading.
 *
 * @param <T> the matrix type
 */
public final class Memory<T> implements Stateful, AutoCloseable {

  private static final long FREE = -1;

  private final Tensors<T> tensors;
  private final MemoryStore<T> store;
  private final List<SlotListener<T>> listeners = new ArrayList<>();
  private final long[] writtenAt;
  private EvictionPolicy<T> policy;
  private int size;
  private int end; // no slot from here on is in use
  private final BitSet used;
  private volatile Slots occupied; // null until somebody asks
  private boolean listensToReads;
  private long changes;

  private Memory(Tensors<T> tensors, MemoryStore<T> store) {
    this.tensors = tensors;
    this.store = store;
    this.writtenAt = new long[store.capacity()];
    this.used = new BitSet(store.capacity());
    Arrays.fill(writtenAt, FREE);
  }

  /**
   * An empty memory.
   *
   * @param tensors the back end
   * @param store holds keys and values; closed with the memory
   * @param policy makes the policy of this memory
   * @param <T> the matrix type
   * @return the memory, to be closed by the caller
   */
  public static <T> Memory<T> create(
      Tensors<T> tensors, MemoryStore<T> store, Function<Memory<T>, EvictionPolicy<T>> policy) {
    Memory<T> memory = new Memory<>(tensors, store);
    memory.policy = policy.apply(memory);
    memory.addListener(memory.policy);
    return memory;
  }

  /**
   * Adds a listener; it learns of what happens from now on, after those that were added before.
   *
   * @param listener the listener
   */
  public void addListener(SlotListener<T> listener) {
    listeners.add(listener);
    listensToReads |= listener.listensToReads();
  }

  /**
   * Slots there are.
   *
   * @return the capacity
   */
  public int capacity() {
    return writtenAt.length;
  }

  /**
   * Slots in use.
   *
   * @return 0 to {@link #capacity}
   */
  public int size() {
    return size;
  }

  /**
   * Floats of a key.
   *
   * @return the size
   */
  public int keySize() {
    return store.keySize();
  }

  /**
   * Floats of a value.
   *
   * @return the size
   */
  public int valueSize() {
    return store.valueSize();
  }

  /**
   * Bytes that a memory's key and value take.
   *
   * @return the bytes of one slot
   */
  public long bytesPerSlot() {
    return store.bytesPerSlot();
  }

  /**
   * The slots in use.
   *
   * @return all of them, in ascending order
   * @throws IllegalStateException if the memory is empty
   */
  public Slots occupied() {
    if (size == 0) {
      throw new IllegalStateException("The memory is empty: write to it first.");
    }
    Slots all = occupied;
    if (all == null) {
      all = size == end ? Slots.range(0, size) : Slots.of(used.stream().toArray());
      occupied = all; // two threads at once find the same
    }
    return all;
  }

  /**
   * The slot after the last that is in use: all slots in use are below, and so may be free ones
   * where memories were cleared.
   *
   * @return 0 to {@link #capacity}
   */
  public int end() {
    return end;
  }

  /**
   * Whether a slot is in use.
   *
   * @param slot any number
   * @return true if it holds a memory
   */
  public boolean holds(int slot) {
    return slot >= 0 && slot < end && writtenAt[slot] != FREE;
  }

  /**
   * The first slot in use from a slot on, or else the first of all.
   *
   * @param from 0 or above
   * @return a slot in use
   * @throws IllegalStateException if the memory is empty
   */
  public int nextInUse(int from) {
    if (size == 0) {
      throw new IllegalStateException("The memory is empty: write to it first.");
    }
    int slot = used.nextSetBit(from);
    return slot < 0 ? used.nextSetBit(0) : slot;
  }

  /**
   * Keys of slots.
   *
   * @param slots slots in use
   * @param room where they are put if they cannot be shared
   * @return {@code slots.count() x keySize}, not to be written to, valid until the memory changes
   *     or the room is used again
   * @throws IllegalArgumentException if a slot is not in use
   */
  public T keys(Slots slots, GrowingRows<T> room) {
    requireInUse(slots);
    return store.keys(slots, room);
  }

  /**
   * Values of slots.
   *
   * @param slots slots in use
   * @param room where they are put if they cannot be shared
   * @return {@code slots.count() x valueSize}, not to be written to, valid until the memory changes
   *     or the room is used again
   * @throws IllegalArgumentException if a slot is not in use
   */
  public T values(Slots slots, GrowingRows<T> room) {
    requireInUse(slots);
    return store.values(slots, room);
  }

  /**
   * The memories most similar to each query, among candidates of its own.
   *
   * @param queries {@code b x keySize}
   * @param slots candidates: slots in use, of each query each at most once
   * @param ends for each query the place after its last candidate; does not descend
   * @param k how many for each query, at least 1
   * @param found receives slots, the most similar first; -1 where a query has fewer candidates
   * @param similarities receives their cosine similarities, NaN where there is none
   * @throws IllegalArgumentException if a slot is not in use, or a shape does not fit
   */
  public void nearest(
      T queries, int[] slots, int[] ends, int k, int[] found, float[] similarities) {
    for (int i = 0; i < ends[tensors.rows(queries) - 1]; i++) {
      requireInUse(slots[i]);
    }
    store.nearest(queries, slots, ends, k, found, similarities);
  }

  /**
   * The embedder's version when the memory in a slot was written; its age is the version of today
   * less this.
   *
   * @param slot a slot in use
   * @return the version
   * @throws IllegalArgumentException if the slot is not in use
   */
  public long writtenAt(int slot) {
    requireInUse(slot);
    return writtenAt[slot];
  }

  /**
   * How often the memory has changed since it was created or loaded. An operation that throws and
   * leaves this number as it was has changed nothing.
   *
   * @return the number of writes, replacements and clearances
   */
  public long changes() {
    return changes;
  }

  /**
   * Whether a listener goes by what is read, so that {@link #read} is worth calling.
   *
   * @return true if one does
   */
  public boolean listensToReads() {
    return listensToReads;
  }

  /**
   * Writes memories into free slots, from the lowest on, and then into those that the policy gives
   * up. If a shape does not fit, a number is not finite, or the policy or a listener's {@link
   * SlotListener#beforeWrite} throws, nothing has changed.
   *
   * @param keys {@code n x keySize}, {@code n} at most the capacity
   * @param values {@code n x valueSize}
   * @param version the embedder's version that made the keys, 0 or above
   * @return the slots that they took, in order
   * @throws IllegalArgumentException if a shape does not fit, a number is not finite, or {@code n}
   *     is above the capacity
   * @throws IllegalStateException if the policy chooses slots that cannot be given up
   */
  public Slots write(NewKeys<T> keys, T values, long version) {
    int count = tensors.rows(keys.keys());
    Shapes.requireColumns(tensors, "The keys", keys.keys(), keySize());
    Shapes.require(tensors, "The values", values, count, valueSize());
    if (count > capacity()) {
      throw new IllegalArgumentException(
          count
              + " memories cannot be written at once to a memory of capacity "
              + capacity()
              + ": write fewer, or make it larger.");
    }
    Shapes.requireFinite(tensors, "The keys", keys.keys());
    Shapes.requireFinite(tensors, "The values", values);
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).beforeWrite(keys, values);
    }
    Slots slots = choose(count, keys.keys(), values);
    changes++;
    store.writeKeys(slots, keys.keys());
    store.writeValues(slots, values);
    for (int i = 0; i < count; i++) {
      int slot = slots.get(i);
      size += writtenAt[slot] == FREE ? 1 : 0;
      writtenAt[slot] = version;
      used.set(slot);
      end = Math.max(end, slot + 1);
    }
    sizeChanged();
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).onWrite(slots, keys, values);
    }
    return slots;
  }

  /**
   * Writes keys that come from elsewhere than an embedder.
   *
   * @param keys {@code n x keySize}, {@code n} at most the capacity
   * @param values {@code n x valueSize}
   * @param version the version that ages are counted from
   * @return the slots that they took, in order
   * @throws IllegalArgumentException as {@link #write(NewKeys, Object, long)}
   */
  public Slots write(T keys, T values, long version) {
    return write(NewKeys.of(keys), values, version);
  }

  private Slots choose(int count, T keys, T values) {
    int free = Math.min(count, capacity() - size);
    if (free == 0) {
      Slots evicted = policy.evict(count, keys, values);
      requireEvictable(evicted, count);
      return evicted;
    }
    if (free == count && size == end) {
      return Slots.range(end, end + count);
    }
    int[] slots = new int[count];
    int slot = -1;
    for (int i = 0; i < free; i++) {
      slot = used.nextClearBit(slot + 1);
      slots[i] = slot;
    }
    if (free < count) {
      Slots evicted = policy.evict(count - free, keys, values);
      requireEvictable(evicted, count - free);
      System.arraycopy(evicted.indices(), 0, slots, free, count - free);
    }
    return Slots.of(slots);
  }

  private void requireEvictable(Slots slots, int count) {
    boolean inUse = slots.count() == count;
    for (int i = 0; i < slots.count() && inUse; i++) {
      inUse = holds(slots.get(i));
    }
    if (!inUse) {
      throw new IllegalStateException(
          "The eviction policy "
              + policy.getClass().getName()
              + " chose "
              + slots
              + " where "
              + count
              + " of the "
              + size
              + " memories had to be given up; it must choose as many slots that are in use.");
    }
  }

  private void sizeChanged() {
    Slots all = occupied;
    boolean same = all != null && all.isRange() && size == end && all.count() == size;
    occupied = same ? all : null;
  }

  /**
   * Replaces keys, as freshening does. Values and ages stay.
   *
   * @param slots slots in use
   * @param keys {@code slots.count() x keySize}
   * @throws IllegalArgumentException if a slot is not in use, the shape does not fit, or a number
   *     is not finite
   */
  public void replaceKeys(Slots slots, NewKeys<T> keys) {
    requireInUse(slots);
    Shapes.require(tensors, "The keys", keys.keys(), slots.count(), keySize());
    Shapes.requireFinite(tensors, "The keys", keys.keys());
    changes++;
    store.writeKeys(slots, keys.keys());
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).onReplaceKeys(slots, keys);
    }
  }

  /**
   * Replaces values. Keys and ages stay.
   *
   * @param slots slots in use
   * @param values {@code slots.count() x valueSize}
   * @throws IllegalArgumentException if a slot is not in use, the shape does not fit, or a number
   *     is not finite
   */
  public void replaceValues(Slots slots, T values) {
    requireReplaceable(slots, values);
    changes++;
    store.writeValues(slots, values);
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).onReplaceValues(slots, values);
    }
  }

  /**
   * Refuses what {@link #replaceValues} would refuse.
   *
   * @param slots slots in use
   * @param values {@code slots.count() x valueSize}
   * @throws IllegalArgumentException if a slot is not in use, the shape does not fit, or a number
   *     is not finite
   */
  public void requireReplaceable(Slots slots, T values) {
    requireInUse(slots);
    Shapes.require(tensors, "The values", values, slots.count(), valueSize());
    Shapes.requireFinite(tensors, "The values", values);
  }

  /**
   * Clears slots: their memories are gone, and they are the first to be written to.
   *
   * @param slots slots in use
   * @throws IllegalArgumentException if a slot is not in use
   */
  public void clear(Slots slots) {
    requireInUse(slots);
    changes++;
    for (int i = 0; i < slots.count(); i++) {
      writtenAt[slots.get(i)] = FREE;
      used.clear(slots.get(i));
    }
    size -= slots.count();
    end = used.length();
    sizeChanged();
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).onClear(slots);
    }
  }

  /**
   * Tells the listeners of a reading. No memory changes.
   *
   * @param slots slots in use that the reading used
   * @param weights how much was read of each, {@code slots.count() x 1}, finite
   * @throws IllegalArgumentException if a slot is not in use, the shape does not fit, or a weight
   *     is not finite
   */
  public void read(Slots slots, T weights) {
    requireInUse(slots);
    Shapes.require(tensors, "The weights", weights, slots.count(), 1);
    Shapes.requireFinite(tensors, "The weights", weights);
    for (int i = 0; i < listeners.size(); i++) {
      if (listeners.get(i).listensToReads()) {
        listeners.get(i).onRead(slots, weights);
      }
    }
  }

  /**
   * Refuses slots that are not in use.
   *
   * @param slots which
   * @throws IllegalArgumentException if one of them is not in use
   */
  public void requireInUse(Slots slots) {
    if (slots.equals(occupied)) {
      return;
    }
    for (int i = 0; i < slots.count(); i++) {
      requireInUse(slots.get(i));
    }
  }

  private void requireInUse(int slot) {
    if (!holds(slot)) {
      throw new IllegalArgumentException(
          "Slot " + slot + " is not in use: the memory has " + size + " memories.");
    }
  }

  /**
   * Checks slots that a listener has loaded, and that should be all that are in use: a file may
   * hold anything.
   *
   * @param what they are, for the message: such as "The queue of memories"
   * @param slots in any order
   * @throws StateException if one is not in use, there twice, or missing
   */
  public void requireAllInUse(String what, int... slots) {
    BitSet seen = new BitSet(capacity());
    for (int slot : slots) {
      if (!holds(slot) || seen.get(slot)) {
        throw new StateException(
            what + " has slot " + slot + (holds(slot) ? " twice." : ", which holds no memory."));
      }
      seen.set(slot);
    }
    if (seen.cardinality() != size) {
      seen.flip(0, end);
      seen.and(used);
      throw new StateException(what + " lacks slot " + seen.nextSetBit(0) + ", which is in use.");
    }
  }

  @Override
  public void save(StateWriter out) {
    out.longs("written-at", writtenAt);
    out.part("store", store);
    out.part("eviction", policy);
  }

  @Override
  public void load(StateReader in) {
    long[] versions = in.longs("written-at", capacity());
    used.clear();
    for (int slot = 0; slot < versions.length; slot++) {
      if (versions[slot] < FREE) {
        throw new StateException(
            "The memory in slot " + slot + " was written at version " + versions[slot] + ".");
      }
      writtenAt[slot] = versions[slot];
      used.set(slot, versions[slot] != FREE);
    }
    size = used.cardinality();
    end = used.length();
    occupied = null;
    in.part("store", store);
    in.part("eviction", policy);
  }

  /** Releases the store. */
  @Override
  public void close() {
    store.close();
  }
}
