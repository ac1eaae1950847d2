package io.nnem.core;

import java.util.List;

/**
 * A layer with its parameters. It holds nothing of a run, so that any number of passes may use it
 * at once.
 *
 * @param <T> the matrix type
 */
public interface BuiltLayer<T> {

  /**
   * Its parameters, always in the same order.
   *
   * @return the parameters; empty if there is nothing to learn
   */
  List<Parameter<T>> parameters();

  /**
   * Makes room for runs.
   *
   * @param scope the owner of all that the pass allocates, now and later
   * @param capacity the most rows of a run
   * @return a new pass
   */
  LayerPass<T> newPass(Scope<T> scope, int capacity);
}
