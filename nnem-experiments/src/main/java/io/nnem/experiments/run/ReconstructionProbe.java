package io.nnem.experiments.run;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.Variational;
import io.nnem.core.Embedder;
import io.nnem.core.Loss;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.datasets.Dataset;
import io.nnem.experiments.pretrained.Weights;
import java.util.stream.IntStream;

/** Images that a decoder is measured on. It changes nothing. */
final class ReconstructionProbe<T> implements AutoCloseable {
  private static final int IMAGES = 1000;

  private final Tensors<T> tensors;
  private final String split;
  private final Loss loss;
  private final Scope<T> scope;
  private final T observations;
  private final T embeddings;
  private final T decoded;
  private final T gradient;

  /** Takes the first images of a data set, at most a thousand. */
  ReconstructionProbe(Tensors<T> tensors, Dataset data, String split, int codeSize, Loss loss) {
    this.tensors = tensors;
    this.split = split;
    this.loss = loss;
    int count = Math.min(IMAGES, data.size());
    scope = tensors.newScope();
    observations = scope.zeros(count, data.observationSize());
    embeddings = scope.zeros(count, codeSize);
    decoded = scope.zeros(count, data.observationSize());
    gradient = scope.zeros(count, data.observationSize());
    float[] pixels = new float[count * data.observationSize()];
    data.copyObservations(IntStream.range(0, count).toArray(), 0, count, pixels);
    tensors.copyIn(pixels, observations);
  }

  Weights.Point measure(int step, Embedder<T> embedder, Decoder<T> decoder) {
    embedder.embed(observations, embeddings);
    decoder.decode(embeddings, decoded);
    double value = tensors.loss(loss, decoded, observations, gradient);
    double half = tensors.loss(Loss.SQUARED_ERROR, decoded, observations, gradient);
    double elbo =
        decoder instanceof Variational<T> variational
            ? variational.bound(embeddings, observations).elbo()
            : Double.NaN;
    return new Weights.Point(step, split, value, 2 * half / tensors.columns(observations), elbo);
  }

  @Override
  public void close() {
    scope.close();
  }
}
