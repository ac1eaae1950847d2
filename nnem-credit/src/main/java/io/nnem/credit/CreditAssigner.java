package io.nnem.credit;

import io.nnem.core.ForwardPass;
import io.nnem.memory.Slots;

/**
 * Says which keys a reading uses, and takes dLoss/dKey back into the embedder.
 *
 * <p>A training step calls, in this order: {@link #recall}, {@link #assign} (if {@link
 * #usesKeyGradient}), {@link #embedded}, then {@link #update} and {@link #written}; or {@link
 * #discard} if something before {@link #update} failed. What the first three learn must stay
 * revocable until {@link #update}: they may add to the embedder's gradients, and change nothing
 * else. During warm-up only {@link #written} is called.
 *
 * @param <T> the matrix type
 */
public interface CreditAssigner<T> extends AutoCloseable {

  /**
   * The keys to read with. Changes nothing that learning depends on: evaluation calls it too.
   *
   * @param slots slots in use
   * @return a key for each
   */
  Recollection<T> recall(Slots slots);

  /**
   * Whether {@link #assign} is to be called. An assigner that does nothing there spares the way
   * back through the reading.
   *
   * @return true unless said otherwise
   */
  default boolean usesKeyGradient() {
    return true;
  }

  /**
   * Takes credit home: adds to the embedder's gradients what these gradients of keys say.
   *
   * @param recalled what the latest {@link #recall} returned
   * @param weights how much was read of each memory: the reading's weights, summed over the
   *     queries, {@code n x 1}
   * @param keyGradient dLoss/dKeys, {@code n x keySize}, not to be written to
   */
  void assign(Recollection<T> recalled, T weights, T keyGradient);

  /**
   * Learns of new embeddings before they are written: credit given in advance goes here. A memory
   * lives for {@code capacity / b} readings where {@code b} are written a step, so what is given
   * here should be the sum over so many readings; it is given once. The caller takes it back
   * through the embedder, together with whatever else these embeddings receive.
   *
   * @param pass the embedder's pass over new observations
   * @param values what will be stored beside the embeddings
   * @param embeddingGradient dLoss/dEmbeddings, {@code b x embeddingSize}, to be added to
   * @return whether anything was added
   */
  default boolean embedded(ForwardPass<T> pass, T values, T embeddingGradient) {
    return false;
  }

  /** Applies what the assigner itself has learned in this step. */
  default void update() {}

  /** Forgets what the assigner itself has learned in this step. */
  default void discard() {}

  /**
   * Learns that embeddings were written. What the slots held before is gone.
   *
   * @param slots where, row by row
   * @param pass the embedder's pass that made them, as it was before the embedder's update; its
   *     buffers will be used again
   */
  default void written(Slots slots, ForwardPass<T> pass) {}

  /**
   * Learns that keys were freshened. What was retained of how the old keys came about no longer
   * belongs to them. It comes after {@link #written} of the same step, and cannot be refused.
   *
   * @param slots where, row by row
   * @param pass the pass of today's embedder over reinstated observations that made the new keys;
   *     its buffers will be used again
   */
  default void freshened(Slots slots, ForwardPass<T> pass) {}

  /**
   * Bytes held for the memories' sake beyond keys and values, from one step to the next, as
   * allocated. Scratch space that one step fills and the next may overwrite does not count.
   *
   * @return the bytes
   */
  long retainedBytes();

  /** Releases what the assigner allocated. */
  @Override
  void close();
}
