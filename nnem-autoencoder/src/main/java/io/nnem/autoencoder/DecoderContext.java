package io.nnem.autoencoder;

import io.nnem.core.Activation;
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
 * @param observationSize floats of an observation
 * @param hidden units of each hidden layer
 * @param output what the last layer applies: {@link Activation#SIGMOID} for observations in [0, 1]
 *     (a decoder refuses others), {@link Activation#LINEAR} for any
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
    Activation output,
    Loss loss,
    OptimiserSettings optimiser,
    long seed,
    Options options) {

  /**
   * Copies the list and checks that output and loss fit.
   *
   * @throws IllegalArgumentException if the output is another activation, or is linear and the loss
   *     is not the squared error
   */
  public DecoderContext {
    hidden = List.copyOf(hidden);
    if (output != Activation.SIGMOID && output != Activation.LINEAR) {
      throw new IllegalArgumentException(
          "A decoder's output must be SIGMOID or LINEAR, but it is " + output + ".");
    }
    if (output == Activation.LINEAR && loss != Loss.SQUARED_ERROR) {
      throw new IllegalArgumentException(
          "A decoder with a linear output learns by SQUARED_ERROR, for its numbers are no"
              + " probabilities, but the loss is "
              + loss
              + ".");
    }
  }
}
