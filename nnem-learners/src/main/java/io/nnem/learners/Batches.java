package io.nnem.learners;

import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.datasets.BatchStream;
import io.nnem.datasets.Dataset;
import java.util.Arrays;

/**
 * Batches of a data set as matrices, what a {@link io.nnem.credit.MemoryNetwork} takes, in the
 * order of a {@link BatchStream}: every observation once an epoch. Each batch overwrites the one
 * before. Not for use by several threads at once.
 *
 * <pre>{@code
 * try (Batches<T> batches = new Batches<>(tensors, Datasets.mnist().training(), 16, seed)) {
 *   for (int step = 0; step < steps; step++) {
 *     batches.next();
 *     network.step(batches.observations(), batches.values());
 *   }
 * }
 * }</pre>
 *
 * @param <T> the back end's matrix type
 */
public final class Batches<T> implements AutoCloseable {
  private final Tensors<T> tensors;
  private final Dataset data;
  private final BatchStream stream;
  private final int[] indices;
  private final float[] rows;
  private final float[] oneHot;
  private final Scope<T> scope;
  private final T observations;
  private final T values;

  /**
   * Before the first batch.
   *
   * @param tensors the back end
   * @param data where observations and labels are taken from
   * @param batch observations of a batch, at least 1
   * @param seed of their order
   * @throws IllegalArgumentException if the batch is below 1
   */
  public Batches(Tensors<T> tensors, Dataset data, int batch, long seed) {
    if (batch < 1) {
      throw new IllegalArgumentException(
          "A batch has 1 observation or more, but was to have " + batch + ".");
    }
    this.tensors = tensors;
    this.data = data;
    this.stream = new BatchStream(data.size(), seed);
    this.indices = new int[batch];
    this.rows = new float[Math.multiplyExact(batch, data.observationSize())];
    this.oneHot = new float[Math.multiplyExact(batch, data.classes())];
    this.scope = tensors.newScope();
    this.observations = scope.zeros(batch, data.observationSize());
    this.values = scope.zeros(batch, data.classes());
  }

  /** Goes on to the next batch. */
  public void next() {
    stream.next(indices);
    data.copyObservations(indices, 0, indices.length, rows);
    data.copyOneHot(indices, 0, indices.length, oneHot);
    tensors.copyIn(rows, observations);
    tensors.copyIn(oneHot, values);
  }

  /**
   * The observations of this batch.
   *
   * @return {@code batch x observationSize}, until the next one
   */
  public T observations() {
    return observations;
  }

  /**
   * The labels of this batch.
   *
   * @return {@code batch x classes}, one-hot, until the next one
   */
  public T values() {
    return values;
  }

  /**
   * Which observations these are.
   *
   * @return indices into the data set, a new array
   */
  public int[] indices() {
    return Arrays.copyOf(indices, indices.length);
  }

  /** Releases the matrices. */
  @Override
  public void close() {
    scope.close();
  }
}
