package io.nnem.autoencoder;

import io.nnem.core.Parameter;
import io.nnem.core.Stateful;
import java.util.List;

/**
 * A learned map from embeddings back to observations (Hansen 2017: the decoder of an autoencoder
 * whose encoder is the embedder).
 *
 * <p>While nobody learns, updates or loads, {@link #decode} may be called by any number of threads
 * at once. Its state is its parameters, its optimiser and what else it counts; gradients that have
 * accumulated are not part of it, and loading clears them.
 *
 * @param <T> the matrix type
 */
public interface Decoder<T> extends Stateful, AutoCloseable {

  /**
   * Floats of an embedding.
   *
   * @return the size
   */
  int embeddingSize();

  /**
   * Floats of an observation.
   *
   * @return the size
   */
  int observationSize();

  /**
   * Decodes and retains nothing. Safe from any number of threads at once while nobody updates.
   *
   * @param embeddings {@code n x embeddingSize}
   * @param out {@code n x observationSize}
   */
  void decode(T embeddings, T out);

  /**
   * Adds the gradient of the reconstruction loss to what has accumulated; changes no parameter.
   *
   * @param embeddings {@code n x embeddingSize}
   * @param observations what they are embeddings of, {@code n x observationSize}
   * @param embeddingGradient {@code n x embeddingSize}, receives dLoss/dEmbeddings; null where the
   *     embedder does not learn from it
   * @return the reconstruction loss, averaged over the rows
   * @throws IllegalArgumentException if a shape does not fit, or the decoder was made with a
   *     sigmoid output and an observation is outside [0, 1]; no gradient has changed then
   */
  double learn(T embeddings, T observations, T embeddingGradient);

  /** Applies the accumulated gradients and clears them. */
  void update();

  /** Forgets the accumulated gradients. */
  void clearGradients();

  /**
   * The parameters, each with its gradient, always in the same order.
   *
   * @return the parameters
   */
  List<Parameter<T>> parameters();

  /** Releases parameters and optimiser. */
  @Override
  void close();
}
