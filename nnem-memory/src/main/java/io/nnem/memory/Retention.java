package io.nnem.memory;

/** Picks the slots that new memories take: free ones first, then those to give up. */
public interface Retention {

  /**
   * Chooses without changing anything: the same call again gives the same answer until {@link
   * #written}.
   *
   * @param count how many memories are about to be written, from 1 to the capacity
   * @return as many slots
   */
  Slots choose(int count);

  /**
   * Learns that slots were written.
   *
   * @param slots the slots
   */
  void written(Slots slots);
}
