package io.nnem.experiments.run;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.Uncertain;
import io.nnem.autoencoder.Variational;
import io.nnem.core.Embedder;
import io.nnem.core.Loss;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.datasets.Dataset;
import io.nnem.experiments.pretrained.Weights;
import java.util.stream.IntStream;

/** Images that a decoder is measured on. It changes nothing. */
public final class ReconstructionProbe<T> implements AutoCloseable {
  /** As many as are taken unless said otherwise. */
  static final int IMAGES = 1000;

  private final Tensors<T> tensors;
  private final String split;
  private final Loss loss;
  private final Scope<T> scope;
  private final T observations;
  private final T embeddings;
  private final T decoded;
  private final T gradient;

  /** Takes the first images of a data set, as many as there are. */
  ReconstructionProbe(
      Tensors<T> tensors, Dataset data, String split, int codeSize, Loss loss, int images) {
    this.tensors = tensors;
    this.split = split;
    this.loss = loss;
    int count = Math.min(images, data.size());
    scope = tensors.newScope();
    observations = scope.zeros(count, data.observationSize());
    embeddings = scope.zeros(count, codeSize);
    decoded = scope.zeros(count, data.observationSize());
    gradient = scope.zeros(count, data.observationSize());
    float[] pixels = new float[count * data.observationSize()];
    data.copyObservations(IntStream.range(0, count).toArray(), 0, count, pixels);
    tensors.copyIn(pixels, observations);
  }

  /** What the images are called. */
  public String split() {
    return split;
  }

  /** How well the images are decoded from their embeddings: means over the images. */
  public Weights.Point measure(int step, Embedder<T> embedder, Decoder<T> decoder) {
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

  /** How uncertain a decoder is of each image, in the decoder's unit. */
  public double[] uncertainties(Embedder<T> embedder, Uncertain<T> decoder) {
    embedder.embed(observations, embeddings);
    return decoder.uncertainty(embeddings);
  }

  /**
   * How far off each image is when it is decoded from its embedding: {@code sum_p (D(f(x))_p -
   * x_p)^2}.
   */
  public double[] squaredErrors(Embedder<T> embedder, Decoder<T> decoder) {
    embedder.embed(observations, embeddings);
    decoder.decode(embeddings, decoded);
    int columns = tensors.columns(observations);
    float[] actual = new float[tensors.rows(observations) * columns];
    float[] wanted = new float[actual.length];
    tensors.copyOut(decoded, actual);
    tensors.copyOut(observations, wanted);
    double[] errors = new double[tensors.rows(observations)];
    for (int i = 0; i < actual.length; i++) {
      double difference = (double) actual[i] - wanted[i];
      errors[i / columns] += difference * difference;
    }
    return errors;
  }

  @Override
  public void close() {
    scope.close();
  }
}
