package io.nnem.credit;

import io.nnem.memory.Slots;
import java.util.Optional;

/**
 * Where the observation of a memory comes back from.
 *
 * @param <T> the matrix type
 */
public interface Reinstatement<T> extends AutoCloseable {

  /**
   * Gets observations back.
   *
   * @param slots slots in use
   * @param keys their stored keys, {@code n x keySize}
   * @return {@code n x observationSize}, not to be written to, valid until the next call
   */
  T observations(Slots slots, T keys);

  /**
   * What would come back of memories that are about to be written, as far as that is known before.
   *
   * @param keys their keys, {@code n x keySize}
   * @param observations what they are embeddings of, {@code n x observationSize}
   * @return {@code n x observationSize}, not to be written to, valid until the next call; empty if
   *     it cannot be said
   */
  default Optional<T> foresee(T keys, T observations) {
    return Optional.empty();
  }

  /**
   * Learns of memories that were written.
   *
   * @param slots where, row by row
   * @param observations what they are embeddings of, {@code n x observationSize}
   */
  default void written(Slots slots, T observations) {}

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
