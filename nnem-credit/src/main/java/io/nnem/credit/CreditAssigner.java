package io.nnem.credit;

import io.nnem.core.ForwardPass;
import io.nnem.core.Stateful;
import io.nnem.memory.SlotListener;
import io.nnem.memory.Slots;

/**
 * Says which keys a reading uses, and takes dLoss/dKey back into the embedder.
 *
 * <p>A training step calls, in this order: {@link #recall}, {@link #assign} (if {@link
 * #usesKeyGradient}), {@link #embedded}; then the news of what was written and read, as every
 * {@link SlotListener} gets them; then {@link #update}, and the news of keys that were freshened.
 * If something fails before the first of these news, {@link #discard} takes their place. What the
 * first three calls learn must stay revocable until {@link #update}: they may add to the embedder's
 * gradients, and change nothing else. A step that only reads leaves out {@link #embedded} and the
 * write, one that only writes leaves out {@link #recall}, {@link #assign} and {@link #update}; in
 * the warm-up there is nothing but the news of writes.
 *
 * @param <T> the matrix type
 */
public interface CreditAssigner<T> extends SlotListener<T>, Stateful, AutoCloseable {

  /**
   * The keys to read with in a training step. Changes nothing that learning depends on.
   *
   * @param slots slots in use
   * @return a key for each
   */
  RecalledKeys<T> recall(Slots slots);

  /**
   * Whether readings use keys that are embedded anew, and not the stored ones. Then {@link
   * #embedAnew} gives the keys to answer with outside of training.
   *
   * @return false unless overridden
   */
  default boolean embedsAnew() {
    return false;
  }

  /**
   * Embeds memories as today's embedder does. Changes nothing, and may be called by any number of
   * threads at once while nobody changes embedder or memory.
   *
   * @param slots slots in use
   * @param out {@code slots.count() x keySize}
   */
  default void embedAnew(Slots slots, T out) {
    throw new UnsupportedOperationException("Readings use the stored keys here.");
  }

  /**
   * Whether {@link #assign} is to be called. An assigner that does nothing there spares the
   * backward pass through the reading.
   *
   * @return true unless overridden
   */
  default boolean usesKeyGradient() {
    return true;
  }

  /**
   * Assigns credit: adds to the embedder's gradients what these gradients of keys say.
   *
   * @param recalled what the latest {@link #recall} returned
   * @param weights how much was read of each memory: the reading's weights, summed over the
   *     queries, {@code n x 1}
   * @param keyGradient dLoss/dKeys, {@code n x keySize}, not to be written to
   */
  void assign(RecalledKeys<T> recalled, T weights, T keyGradient);

  /**
   * Learns of new embeddings before they are written: credit given in advance goes here. A memory
   * lives for {@code capacity / b} readings where {@code b} are written a step, so what is given
   * here should be the sum over so many readings; it is given once. The caller back-propagates it
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
