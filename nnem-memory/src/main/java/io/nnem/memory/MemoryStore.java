package io.nnem.memory;

/**
 * Memories: a key and a value in each slot. A memory keeps its slot for life, and its slot, value
 * and age survive every operation that does not name it.
 *
 * @param <T> the matrix type
 */
public interface MemoryStore<T> extends AutoCloseable {

  /**
   * Slots there are.
   *
   * @return the capacity
   */
  int capacity();

  /**
   * Slots in use.
   *
   * @return 0 to {@link #capacity}
   */
  int size();

  /**
   * Floats of a key.
   *
   * @return the size
   */
  int keySize();

  /**
   * Floats of a value.
   *
   * @return the size
   */
  int valueSize();

  /**
   * The slots in use.
   *
   * @return all of them, in ascending order
   * @throws IllegalStateException if nothing was written yet
   */
  Slots occupied();

  /**
   * Writes memories into free slots, or into those that the retention policy gives up. It happens
   * whole or not at all.
   *
   * @param keys {@code n x keySize}, {@code n} at most the capacity
   * @param values {@code n x valueSize}
   * @param version the embedder's version that made the keys
   * @return the slots that they took, in order
   * @throws IllegalArgumentException if a shape does not fit, or {@code n} is above the capacity
   */
  Slots write(T keys, T values, long version);

  /**
   * Keys of slots.
   *
   * @param slots slots in use
   * @return {@code count x keySize}, not to be written to, valid until the next call of this
   *     method, {@link #write} or {@link #replaceKeys}
   * @throws IllegalArgumentException if a slot is not in use
   */
  T keys(Slots slots);

  /**
   * Values of slots.
   *
   * @param slots slots in use
   * @return {@code count x valueSize}, not to be written to, valid until the next call of this
   *     method or {@link #write}
   * @throws IllegalArgumentException if a slot is not in use
   */
  T values(Slots slots);

  /**
   * Replaces keys, as freshening does. Values and ages stay.
   *
   * @param slots slots in use
   * @param keys {@code count x keySize}
   * @throws IllegalArgumentException if a slot is not in use, or the shape does not fit
   */
  void replaceKeys(Slots slots, T keys);

  /**
   * The embedder's version when the memory in a slot was written; its age is the version of today
   * less this.
   *
   * @param slot a slot in use
   * @return the version
   * @throws IllegalArgumentException if the slot is not in use
   */
  long writtenAt(int slot);

  /**
   * Whether the retention policy goes by what is read, so that {@link #read} is worth calling.
   *
   * @return as the policy says
   */
  boolean usesReads();

  /**
   * Tells the retention policy of a reading. No memory changes.
   *
   * @param slots slots in use that the reading used
   * @param weights how much was read of each, finite, 0 or above
   * @throws IllegalArgumentException if a slot is not in use, there are not as many numbers, or one
   *     is not finite
   */
  void read(Slots slots, double[] weights);

  /**
   * Tells the retention policy how uncertain the reinstatement of memories is. No memory changes.
   *
   * @param slots slots in use
   * @param uncertainties one for each, finite; the larger, the sooner to be given up
   * @throws IllegalArgumentException if a slot is not in use, there are not as many numbers, or one
   *     is not finite
   */
  void score(Slots slots, double[] uncertainties);

  /** Releases the memory. */
  @Override
  void close();
}
