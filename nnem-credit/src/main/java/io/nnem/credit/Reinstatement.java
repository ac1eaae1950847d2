package io.nnem.credit;

import io.nnem.core.GrowingRows;
import io.nnem.core.Stateful;
import io.nnem.memory.SlotListener;
import io.nnem.memory.Slots;
import java.util.Optional;

/**
 * Where the observation of a memory comes back from. It learns of what is written as every {@link
 * SlotListener} does.
 *
 * @param <T> the matrix type
 */
public interface Reinstatement<T> extends SlotListener<T>, Stateful, AutoCloseable {

  /**
   * Gets observations back. Changes nothing, and may be called by any number of threads at once
   * while nobody changes the memory, each with a room of its own.
   *
   * @param slots slots in use
   * @param keys their stored keys, {@code n x keySize}
   * @param room where they are put if they cannot be shared
   * @return {@code n x observationSize}, not to be written to, valid until the memory changes or
   *     the room is used again
   */
  T observations(Slots slots, T keys, GrowingRows<T> room);

  /**
   * What would come back of memories that are about to be written, as far as that is known before.
   *
   * @param keys their keys, {@code n x keySize}
   * @param observations what they are embeddings of, {@code n x observationSize}
   * @param room where it is put if it is not the observations themselves
   * @return {@code n x observationSize}, not to be written to, valid until the room is used again;
   *     empty if it cannot be said
   */
  default Optional<T> foresee(T keys, T observations, GrowingRows<T> room) {
    return Optional.empty();
  }

  /**
   * Bytes held for the memories' sake beyond keys and values, as allocated.
   *
   * @return the bytes
   */
  long retainedBytes();

  /** Releases what was allocated. */
  @Override
  void close();
}
