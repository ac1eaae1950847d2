package io.nnem.experiments.run;

import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.datasets.BatchStream;
import io.nnem.datasets.Dataset;

/**
 * Batches of a data set in the order of a {@link BatchStream}, as matrices. Each overwrites the one
 * before.
 */
public final class Batches<T> implements AutoCloseable {
  private final Tensors<T> tensors;
  private final Dataset data;
  private final BatchStream stream;
  private final int[] indices;
  private final float[] pixels;
  private final float[] oneHot;
  private final Scope<T> scope;
  private final T observations;
  private final T values;

  public Batches(Tensors<T> tensors, Dataset data, int batch, long seed) {
    this.tensors = tensors;
    this.data = data;
    this.stream = new BatchStream(data.size(), seed);
    this.indices = new int[batch];
    this.pixels = new float[batch * data.observationSize()];
    this.oneHot = new float[batch * data.classes()];
    this.scope = tensors.newScope();
    this.observations = scope.zeros(batch, data.observationSize());
    this.values = scope.zeros(batch, data.classes());
  }

  public void next() {
    stream.next(indices);
    data.copyObservations(indices, 0, indices.length, pixels);
    data.copyOneHot(indices, 0, indices.length, oneHot);
    tensors.copyIn(pixels, observations);
    tensors.copyIn(oneHot, values);
  }

  /** The observations of this batch, {@code batch x observationSize}. */
  public T observations() {
    return observations;
  }

  /** Which images these are, as indices into the data set. */
  public int[] indices() {
    return indices.clone();
  }

  /** The labels of this batch, one-hot, {@code batch x classes}. */
  public T values() {
    return values;
  }

  @Override
  public void close() {
    scope.close();
  }
}
