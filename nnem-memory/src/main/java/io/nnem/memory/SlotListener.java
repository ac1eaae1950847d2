package io.nnem.memory;

/**
 * Learns of everything that happens to the slots of a {@link Memory}: the one path of such news.
 * What keeps something beside each memory (an eviction policy, a reinstatement, a credit assigner,
 * an index) is a listener.
 *
 * <p>A write comes in two calls: {@link #beforeWrite}, in which a listener does what can fail, and
 * then {@link #onWrite}. All other calls come after the memory has changed and should not fail.
 * Matrices belong to the caller: they are not to be written to, nor to be kept.
 *
 * @param <T> the matrix type
 */
public interface SlotListener<T> {

  /**
   * Memories are about to be written, if no listener objects by throwing. Changes nothing that
   * {@link #onWrite} or the next {@code beforeWrite} does not replace.
   *
   * @param keys their keys, {@code n x keySize}, and where they came from
   * @param values their values, {@code n x valueSize}
   */
  default void beforeWrite(NewKeys<T> keys, T values) {}

  /**
   * Memories were written. Whatever the slots held before is gone, and so must be everything that
   * was kept for it.
   *
   * @param slots where, row by row
   * @param keys as in {@link #beforeWrite}
   * @param values as in {@link #beforeWrite}
   */
  default void onWrite(Slots slots, NewKeys<T> keys, T values) {}

  /**
   * Keys were replaced: freshened, or moved along with the embedder. Values and ages stay.
   *
   * @param slots whose, row by row
   * @param keys the new keys, {@code n x keySize}; their pass, if there is one, is over reinstated
   *     observations, and without one the memories stand for the observations that they stood for
   */
  default void onReplaceKeys(Slots slots, NewKeys<T> keys) {}

  /**
   * Values were replaced. Keys and ages stay.
   *
   * @param slots whose, row by row
   * @param values the new values, {@code n x valueSize}
   */
  default void onReplaceValues(Slots slots, T values) {}

  /**
   * Memories were read in a training step.
   *
   * @param slots which
   * @param weights how much was read of each: the reading's weights, summed over the queries,
   *     {@code n x 1}, so that the weights of a whole reading add up to the number of queries
   */
  default void onRead(Slots slots, T weights) {}

  /**
   * Whether {@link #onRead} is to be called: the weights are not to be had for nothing.
   *
   * @return false unless overridden
   */
  default boolean listensToReads() {
    return false;
  }

  /**
   * Slots were cleared and are free now.
   *
   * @param slots which
   */
  default void onClear(Slots slots) {}
}
