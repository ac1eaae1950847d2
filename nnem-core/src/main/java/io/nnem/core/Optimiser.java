package io.nnem.core;

import java.util.List;

/**
 * Changes parameters against their gradients.
 *
 * @param <T> the matrix type
 */
public interface Optimiser<T> extends AutoCloseable {

  /**
   * Applies the accumulated gradients and sets them to zero. The parameters must be the same, in
   * the same order, at every call.
   *
   * @param parameters what to update
   */
  void step(List<Parameter<T>> parameters);

  /** Releases the optimiser's state. */
  @Override
  void close();
}
