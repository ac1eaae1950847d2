package io.nnem.autoencoder;

/**
 * A decoder that is trained on the evidence lower bound (Kingma and Welling 2013, arXiv 1312.6114).
 *
 * @param <T> the matrix type
 */
public interface Variational<T> extends Decoder<T>, Uncertain<T> {

  /**
   * The bound, {@code E_q[log p(x|z)] - KL(q(z|x) || p(z))}, and what it is made of.
   *
   * @param reconstruction {@code -E_q[log p(x|z)]}: the reconstruction loss of noisy embeddings, in
   *     nats where the loss is binary cross-entropy
   * @param divergence {@code KL(q(z|x) || p(z))} in nats, with its full weight
   */
  record Bound(double reconstruction, double divergence) {

    /**
     * The evidence lower bound.
     *
     * @return {@code -(reconstruction + divergence)}
     */
    public double elbo() {
      return -(reconstruction + divergence);
    }
  }

  /**
   * The bound on some observations, with one draw of noise for each; changes nothing.
   *
   * @param embeddings {@code n x embeddingSize}
   * @param observations what they are embeddings of, {@code n x observationSize}
   * @return means over the rows
   */
  Bound bound(T embeddings, T observations);
}
