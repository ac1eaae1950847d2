package io.nnem.core;

/**
 * Changes parameters against their gradients. Its state is what it remembers of past gradients and
 * how many steps it has made; the parameters themselves are saved by the network that owns them.
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
