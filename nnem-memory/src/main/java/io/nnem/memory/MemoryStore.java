package io.nnem.memory;

import io.nnem.core.GrowingRows;
import io.nnem.core.Stateful;

/**
 * How the keys and values of a {@link Memory} are held: a row of each for every slot. It knows
 * nothing of which slots are in use; the memory does, and hands it matrices and slots that fit.
 *
 * <p>Reading may happen from any number of threads at once while nobody writes, each with a room of
 * its own.
 *
 * @param <T> the matrix type
 */
public interface MemoryStore<T> extends Stateful, AutoCloseable {

  /**
   * Slots there are.
   *
   * @return the capacity
   */
  int capacity();

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
   * Holds keys in place of those that were there.
   *
   * @param slots where, row by row
   * @param keys {@code slots.count() x keySize}; copied
   */
  void writeKeys(Slots slots, T keys);

  /**
   * Holds values in place of those that were there.
   *
   * @param slots where, row by row
   * @param values {@code slots.count() x valueSize}; copied
   */
  void writeValues(Slots slots, T values);

  /**
   * The keys of slots.
   *
   * @param slots which
   * @param room where they are put if they cannot be shared
   * @return {@code slots.count() x keySize}, not to be written to, valid until the store is written
   *     to or the room is used again
   */
  T keys(Slots slots, GrowingRows<T> room);

  /**
   * The values of slots.
   *
   * @param slots which
   * @param room where they are put if they cannot be shared
   * @return {@code slots.count() x valueSize}, not to be written to, valid until the store is
   *     written to or the room is used again
   */
  T values(Slots slots, GrowingRows<T> room);

  /**
   * The keys most similar to each query, among candidates of its own: {@link
   * io.nnem.core.Tensors#nearest(Object, Object, int[], int[], int, int[], float[])} over the keys
   * as they are held.
   *
   * @param queries {@code b x keySize}
   * @param slots candidates, of each query each at most once
   * @param ends for each query the place after its last candidate; does not descend
   * @param k how many for each query, at least 1
   * @param found receives slots, the most similar first; -1 where a query has fewer candidates
   * @param similarities receives their cosine similarities
   */
  void nearest(T queries, int[] slots, int[] ends, int k, int[] found, float[] similarities);

  /**
   * Bytes that a memory's key and value take.
   *
   * @return the bytes of one slot
   */
  long bytesPerSlot();

  /** Releases the rows. */
  @Override
  void close();
}
