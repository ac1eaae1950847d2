package io.nnem.memory;

import io.nnem.core.Stateful;

/**
 * Chooses the memories that a reading uses. Recalling changes nothing, and may happen from any
 * number of threads at once while nobody changes the memory.
 *
 * @param <T> the matrix type
 */
public interface Recall<T> extends SlotListener<T>, Stateful, AutoCloseable {

  /**
   * Chooses for a batch of queries, which are read together.
   *
   * @param queries {@code b x keySize}
   * @return slots in use, ascending
   * @throws IllegalStateException if the memory is empty
   */
  Slots recall(T queries);

  /**
   * Whether the choice depends on the queries.
   *
   * @return true unless overridden; false of one that recalls the same for all queries
   */
  default boolean dependsOnQueries() {
    return true;
  }

  /** Releases what was allocated. */
  @Override
  void close();
}
