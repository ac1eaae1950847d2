package io.nnem.credit;

import io.nnem.memory.Slots;

/**
 * Picks the keys that a step rewrites by embedding their reinstated observations again (Hansen
 * 2017, last paragraph: where memories are not given up by age, they live long enough to go stale).
 * Slots 0 to {@code size - 1} are in use; time is the embedder's version.
 */
public interface Freshening {

  /**
   * Chooses without changing anything: the same call again gives the same answer until something
   * else is called.
   *
   * @param count how many, from 1 to {@code size}
   * @param size memories in use
   * @param version the embedder's version now
   * @return as many slots, each in use
   */
  Slots choose(int count, int size, long version);

  /**
   * Learns that the keys in slots are those of the embedder of today: the memories were written, or
   * freshened.
   *
   * @param slots the slots
   * @param version the embedder's version that made the keys
   * @param freshened whether it is by freshening, so that the memories are the ones of before
   */
  void renewed(Slots slots, long version, boolean freshened);

  /**
   * Learns of one reading.
   *
   * @param slots slots in use that the reading used
   * @param weights how much was read of each, summed over the queries
   */
  default void read(Slots slots, double[] weights) {}
}
