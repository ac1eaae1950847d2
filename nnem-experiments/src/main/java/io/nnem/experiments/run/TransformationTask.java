package io.nnem.experiments.run;

import io.nnem.core.Embedder;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.datasets.BatchStream;
import io.nnem.datasets.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Teaches an embedder to tell which of four {@linkplain Transformation transformations} an image
 * underwent: an objective of its own, without labels and without a decoder. A linear softmax layer
 * on the embedder answers, and is thrown away in the end:
 *
 * <pre>{@code loss = -1/n sum_i log softmax(f(t_i(x_i); theta) W + b)_(t_i),   t_i drawn evenly}
 * </pre>
 */
final class TransformationTask<T> implements AutoCloseable {
  private static final List<Transformation> KINDS = List.of(Transformation.values());

  private final Tensors<T> tensors;
  private final Dataset data;
  private final BatchStream stream;
  private final SplittableRandom random;
  private final SoftmaxClassifier<T> classifier;
  private final Scope<T> scope;
  private final T observations;
  private final int[] indices;
  private final float[] pixels;
  private final float[] labels;

  /** Borrows the embedder. */
  TransformationTask(
      Tensors<T> tensors,
      Embedder<T> embedder,
      OptimiserSettings optimiser,
      int batch,
      Dataset data,
      long seed) {
    this.tensors = tensors;
    this.data = data;
    this.stream = new BatchStream(data.size(), Seeds.derive(seed, "pretraining-batches"));
    this.random = Seeds.random(seed, "transformations");
    this.indices = new int[batch];
    this.pixels = new float[indices.length * data.observationSize()];
    this.labels = new float[indices.length * KINDS.size()];
    this.scope = tensors.newScope();
    this.observations = scope.zeros(indices.length, data.observationSize());
    this.classifier =
        new SoftmaxClassifier<>(
            tensors, embedder, KINDS.size(), optimiser, Seeds.derive(seed, "transformation"));
  }

  /** One step; returns the loss before it. */
  double step() {
    stream.next(indices);
    data.copyObservations(indices, 0, indices.length, pixels);
    Arrays.fill(labels, 0);
    for (int i = 0; i < indices.length; i++) {
      int kind = random.nextInt(KINDS.size());
      labels[i * KINDS.size() + kind] = 1;
      KINDS.get(kind).apply(pixels, i * data.observationSize(), data.rows(), data.columns());
    }
    tensors.copyIn(pixels, observations);
    return classifier.learn(observations, labels);
  }

  @Override
  public void close() {
    classifier.close();
    scope.close();
  }
}
