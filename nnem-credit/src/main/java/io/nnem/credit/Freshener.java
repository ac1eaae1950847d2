package io.nnem.credit;

import io.nnem.memory.Slots;

/**
 * Rewrites stale keys within a training step. Values and ages stay: an age is that of the memory,
 * not of its key.
 *
 * <p>A {@link MemoryLearner} calls, in each step with credit: {@link #prepare} before anything is
 * committed, then either {@link #discard}, or {@link #written}, {@link #read} and, after the
 * embedder's update, {@link #freshen}. What can fail belongs into {@link #prepare}, which changes
 * nothing that {@link #discard} does not take back; {@link #freshen} cannot fail, and leaves alone
 * what the step itself has written.
 *
 * @param <T> the matrix type
 */
public interface Freshener<T> extends AutoCloseable {

  /** Before anything of the step is committed: does what can fail. */
  void prepare();

  /** Forgets what was prepared. */
  void discard();

  /**
   * Learns that memories were written, in warm-up too.
   *
   * @param slots where
   * @param version the embedder's version that made their keys
   */
  default void written(Slots slots, long version) {}

  /**
   * Whether {@link #read} is worth calling.
   *
   * @return false unless said otherwise
   */
  default boolean usesReads() {
    return false;
  }

  /**
   * Learns of one reading.
   *
   * @param slots slots in use that the reading used
   * @param weights how much was read of each, summed over the queries
   */
  default void read(Slots slots, double[] weights) {}

  /**
   * After the embedder's update: rewrites what was prepared.
   *
   * @param written what the step has written; not to be touched
   * @param assigner is told of keys that have another origin now
   */
  void freshen(Slots written, CreditAssigner<T> assigner);

  /** Releases the buffers; what it was given stays open. */
  @Override
  void close();
}
