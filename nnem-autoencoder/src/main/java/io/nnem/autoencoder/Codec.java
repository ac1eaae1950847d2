package io.nnem.autoencoder;

import io.nnem.core.Stateful;

/**
 * An autoencoder that no longer changes: what it made of an observation once, it makes an
 * observation of at any time. An embedding fades as its embedder learns on; a code does not. {@link
 * #encode} and {@link #decode} may be called by any number of threads at once.
 *
 * @param <T> the matrix type
 */
public interface Codec<T> extends Stateful, AutoCloseable {

  /**
   * Floats of a code.
   *
   * @return the size
   */
  int codeSize();

  /**
   * Floats of an observation.
   *
   * @return the size
   */
  int observationSize();

  /**
   * Makes codes; retains nothing.
   *
   * @param observations {@code n x observationSize}
   * @param out {@code n x codeSize}
   */
  void encode(T observations, T out);

  /**
   * Makes observations of codes; retains nothing.
   *
   * @param codes {@code n x codeSize}
   * @param out {@code n x observationSize}
   */
  void decode(T codes, T out);

  /**
   * Where each dimension of a code lies, so that it can be kept in fewer bits. Never changes.
   *
   * @return ranges of {@link #codeSize} dimensions
   */
  CodeRanges ranges();

  /** Releases the networks. */
  @Override
  void close();
}
