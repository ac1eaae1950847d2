package io.nnem.credit;

import io.nnem.memory.Slots;

/**
 * Hears of every change of a {@link MemoryNetwork} before it is made, with all that is needed to
 * make it again, and may refuse it by throwing: then nothing changes. The calls come one at a time.
 *
 * @param <T> the back end's matrix type
 */
public interface ChangeLog<T> {

  /** A call begins that may change the network; nothing has been computed yet. */
  void begin();

  /**
   * A step, a reading to learn from, or a writing was computed, and is about to be applied. The
   * matrices are the caller's.
   *
   * @param queries of a step and of {@link MemoryNetwork#learn}; null of one that only writes
   * @param targets what the memory should answer, likewise
   * @param observations of a step and of {@link MemoryNetwork#remember}; null of one that only
   *     learns
   * @param values what is stored, likewise
   */
  void batch(T queries, T targets, T observations, T values);

  /**
   * Values are about to be replaced.
   *
   * @param slots of these memories, all of them in use
   * @param values the new ones
   */
  void replaceValues(Slots slots, T values);

  /**
   * Slots are about to be cleared.
   *
   * @param slots which, all of them in use
   */
  void clear(Slots slots);

  /**
   * What was told last is over. This must not throw.
   *
   * @param whole false if it failed after all: it was not made, or not as a whole
   */
  void done(boolean whole);
}
