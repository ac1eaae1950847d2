package io.nnem.autoencoder;

/**
 * A decoder that knows how sure it is: which memories it can reinstate, and which it would rather
 * guess. Hansen (2017) names this as a reason for variational autoencoders: memories of great
 * uncertainty are the ones to discard.
 *
 * @param <T> the matrix type
 */
public interface Uncertain<T> {

  /**
   * How uncertain the decoder is of each embedding; retains nothing, changes nothing.
   *
   * @param embeddings {@code n x embeddingSize}
   * @return {@code n} numbers, larger for less certain ones; their unit is the decoder's
   */
  double[] uncertainty(T embeddings);
}
