package io.nnem.core;

/**
 * Changes parameters against their gradients. Its state is what it keeps of earlier steps; the
 * parameters belong to their network's state.
 *
 * @param <T> the matrix type
 */
public interface Optimiser<T> extends Stateful, AutoCloseable {

  /** Applies the accumulated gradients of its parameters and sets them to zero. */
  void step();

  /** Releases the optimiser's state. */
  @Override
  void close();
}
