package io.nnem.memory;

/**
 * Picks the slots that new memories take: free ones first, then those to give up.
 *
 * <p>A policy may go by what is read of each memory ({@link #read}), or by how certain its
 * reinstatement is ({@link #score}); one that does not leaves these as they are. It is told of both
 * between two writes, and only by steps that succeeded.
 */
public interface Retention {

  /**
   * Chooses without changing anything: the same call again gives the same answer until {@link
   * #written}, {@link #read} or {@link #score}.
   *
   * @param count how many memories are about to be written, from 1 to the capacity
   * @return as many slots
   */
  Slots choose(int count);

  /**
   * Learns that slots were written. What they held before is gone, and what was known of it.
   *
   * @param slots the slots
   */
  void written(Slots slots);

  /**
   * Whether {@link #read} is to be called: what is read of each memory is not known for nothing.
   *
   * @return false unless said otherwise
   */
  default boolean usesReads() {
    return false;
  }

  /**
   * Learns of one reading. Of memories that it does not name nothing was read.
   *
   * @param slots slots in use that the reading used
   * @param weights how much was read of each: the reading's weights, summed over the queries, so
   *     that all of them together are the number of queries; finite, 0 or above
   */
  default void read(Slots slots, double[] weights) {}

  /**
   * Learns how uncertain the reinstatement of memories is: the larger, the sooner to be given up.
   *
   * @param slots slots in use
   * @param uncertainties one for each, finite, in any unit that is the same for all memories
   */
  default void score(Slots slots, double[] uncertainties) {}
}
