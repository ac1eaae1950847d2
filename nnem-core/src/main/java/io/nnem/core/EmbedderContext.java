package io.nnem.core;

import java.util.List;

/**
 * What an embedder is made from.
 *
 * @param tensors the back end
 * @param observation what an observation is; {@link RowShape#flat} for one that is no image
 * @param embeddingSize floats of an embedding
 * @param hidden units of each hidden layer, for embedders that have some
 * @param optimiser how its parameters learn
 * @param seed of its initial parameters
 * @param options settings of the plug-in's own
 * @param <T> the matrix type
 */
public record EmbedderContext<T>(
    Tensors<T> tensors,
    RowShape observation,
    int embeddingSize,
    List<Integer> hidden,
    OptimiserSettings optimiser,
    long seed,
    Options options) {

  /** Copies the list. */
  public EmbedderContext {
    hidden = List.copyOf(hidden);
  }

  /**
   * Floats of an observation.
   *
   * @return the size
   */
  public int observationSize() {
    return observation.size();
  }
}
