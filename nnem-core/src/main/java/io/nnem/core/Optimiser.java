package io.nnem.core;

/**
 * Changes parameters against their gradients.
 *
 * @param <T> the matrix type
 */
public interface Optimiser<T> extends AutoCloseable {

  /** Applies the accumulated gradients of its parameters and sets them to zero. */
  void step();

  /** Releases the optimiser's state. */
  @Override
  void close();
}
