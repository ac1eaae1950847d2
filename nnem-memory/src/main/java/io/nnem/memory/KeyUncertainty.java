package io.nnem.memory;

/**
 * How uncertain the reinstatement of memories is. Safe from any number of threads at once.
 *
 * @param <T> the matrix type
 */
@FunctionalInterface
public interface KeyUncertainty<T> {

  /**
   * Asks; changes nothing.
   *
   * @param keys {@code n x keySize}
   * @return {@code n} numbers, larger for less certain keys, in any unit that is the same for all
   */
  double[] of(T keys);
}
