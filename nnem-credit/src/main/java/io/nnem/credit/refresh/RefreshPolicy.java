package io.nnem.credit.refresh;

import io.nnem.core.Stateful;
import io.nnem.memory.Slots;

/**
 * Picks the keys that a step rewrites by embedding their reinstated observations again (Hansen
 * 2017, last paragraph: where memories are not given up by age, they live long enough to go stale).
 * Time is the embedder's version.
 */
interface RefreshPolicy extends Stateful {

  /**
   * Chooses without changing anything: the same call again gives the same answer until something
   * else is called.
   *
   * @param count how many, from 1 to as many as there are
   * @param occupied the slots in use
   * @param version the embedder's version now
   * @return as many of these slots
   */
  Slots choose(int count, Slots occupied, long version);

  /** The slots hold new memories, whose keys are those of an embedder of this version. */
  void written(Slots slots, long version);

  /** The keys of the same memories were embedded again, by an embedder of this version. */
  void refreshed(Slots slots, long version);

  /** So much of each slot was read, summed over the queries. */
  default void read(Slots slots, float[] weights) {}

  /** Whether {@link #read} is worth calling. */
  default boolean goesByReads() {
    return false;
  }
}
