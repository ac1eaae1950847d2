package io.nnem.core;

import java.util.List;

/**
 * A differentiable map from observations to embeddings, with its parameters and their optimiser.
 *
 * <p>While nobody updates or loads, {@link #embed}, and {@link #forward} with a pass for each
 * thread, may be called by any number of threads at once. Its state is its parameters, its
 * optimiser and its version; gradients that have accumulated are not part of it, and loading clears
 * them.
 *
 * @param <T> the matrix type
 */
public interface Embedder<T> extends Stateful, AutoCloseable {

  /**
   * Floats of an observation.
   *
   * @return the size
   */
  int observationSize();

  /**
   * Floats of an embedding.
   *
   * @return the size
   */
  int embeddingSize();

  /**
   * Embeds and retains nothing. Safe from any number of threads at once while nobody updates.
   *
   * @param observations {@code n x observationSize}
   * @param out {@code n x embeddingSize}
   */
  void embed(T observations, T out);

  /**
   * Makes room for forward passes.
   *
   * @param capacity rows, at least 1
   * @return an empty pass, to be closed by the caller
   */
  ForwardPass<T> newPass(int capacity);

  /**
   * Embeds and keeps in {@code pass} what {@link #backward} needs. The pass refers to {@code
   * observations}; they must stay as they are until it is no longer needed. Safe from any number of
   * threads at once, each with a pass of its own, while nobody updates.
   *
   * @param observations {@code n x observationSize}, with {@code n} at most the pass's capacity
   * @param pass from {@link #newPass}
   * @return the embeddings, {@code n x embeddingSize}, valid until the pass is used again
   */
  T forward(T observations, ForwardPass<T> pass);

  /**
   * Adds the gradient of the parameters to what has accumulated. It uses the activations of the
   * pass and the parameters of today.
   *
   * @param pass from a {@link #forward}, or filled by {@link ForwardPass#scatterFrom}
   * @param embeddingGradient dLoss/dEmbedding, {@code pass.rows() x embeddingSize}; unchanged
   */
  void backward(ForwardPass<T> pass, T embeddingGradient);

  /** Applies the accumulated gradients and clears them; {@link #version} grows by one. */
  void update();

  /** Forgets the accumulated gradients. */
  void clearGradients();

  /**
   * How often the parameters were updated.
   *
   * @return the number of updates
   */
  long version();

  /**
   * The parameters, each with its gradient, always in the same order.
   *
   * @return the parameters; empty if nothing can be learned
   */
  List<Parameter<T>> parameters();

  /** Releases parameters and optimiser. */
  @Override
  void close();
}
