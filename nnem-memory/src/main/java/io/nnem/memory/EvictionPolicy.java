package io.nnem.memory;

import io.nnem.core.Stateful;

/**
 * Picks the memories to give up when new ones find no free slot. It learns of writes, readings and
 * cleared slots as every {@link SlotListener} does.
 *
 * @param <T> the matrix type
 */
public interface EvictionPolicy<T> extends SlotListener<T>, Stateful {

  /**
   * Chooses without changing anything: the same call again gives the same answer until the policy
   * learns of something. It is called after {@link #beforeWrite}.
   *
   * @param count how many memories must go, from 1 to the number of those that are in use
   * @param keys keys of all memories that are about to be written, {@code n x keySize}, {@code n}
   *     at least {@code count}; the last {@code count} rows take the slots that are given up
   * @param values their values, {@code n x valueSize}
   * @return {@code count} slots that are in use
   */
  Slots evict(int count, T keys, T values);
}
