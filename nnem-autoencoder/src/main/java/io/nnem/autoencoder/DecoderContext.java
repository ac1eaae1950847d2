package io.nnem.autoencoder;

import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import java.util.List;

/**
 * What a decoder is made from.
 *
 * @param tensors the back end
 * @param embeddingSize floats of an embedding
 * @param observationSize floats of an observation, each in [0, 1]
 * @param hidden units of each hidden layer
 * @param loss how a reconstruction is compared with its observation
 * @param optimiser how the parameters learn
 * @param seed of the initial parameters
 * @param options settings of the plug-in's own
 * @param <T> the matrix type
 */
public record DecoderContext<T>(
    Tensors<T> tensors,
    int embeddingSize,
    int observationSize,
    List<Integer> hidden,
    Loss loss,
    OptimiserSettings optimiser,
    long seed,
    Options options) {

  /** Copies the list. */
  public DecoderContext {
    hidden = List.copyOf(hidden);
  }
}
