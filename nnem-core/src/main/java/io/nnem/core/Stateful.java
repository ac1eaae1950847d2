package io.nnem.core;

/**
 * Something that learns or counts, and whose state can be saved and loaded with the same bits.
 *
 * <p>What is saved is everything that its future depends on beside its settings; scratch space,
 * gradients that have accumulated and caches are not. The two methods name the same things in the
 * same order of nesting. Saving twice in a row saves the same.
 */
public interface Stateful {

  /**
   * Writes the state.
   *
   * @param out where to; a name is used once
   */
  void save(StateWriter out);

  /**
   * Takes over a state that {@link #save} has written, in place of its own. It must have been built
   * alike (sizes, options). If it throws, it is in an undefined state and must be dropped.
   *
   * @param in where from
   * @throws StateException if something is missing, or does not fit
   */
  void load(StateReader in);
}
