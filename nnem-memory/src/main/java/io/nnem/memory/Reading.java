package io.nnem.memory;

import io.nnem.core.Addressing;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import io.nnem.core.Tensors;

/**
 * Reads a memory and takes gradients back: similarity, normalised weights, weighted sum of values
 * (formulas at {@link Tensors#read}). Its buffers are used again as long as the shapes stay.
 *
 * @param <T> the matrix type
 */
public final class Reading<T> implements AutoCloseable {

  private final Tensors<T> tensors;
  private final Addressing addressing;
  private Scope<T> scope;
  private T similarities;
  private T weights;
  private T output;
  private T keyGradient;
  private T queryGradient;
  private boolean queryGradientAsked;
  private boolean differentiable; // false from the way back on: it uses the similarities up
  private T queries;
  private T keys;
  private T values;

  /**
   * Creates a reading.
   *
   * @param tensors the back end
   * @param addressing how memories are weighed
   */
  public Reading(Tensors<T> tensors, Addressing addressing) {
    this.tensors = tensors;
    this.addressing = addressing;
  }

  /**
   * Reads.
   *
   * @param newQueries {@code b x d}, to stay as they are until {@link #backward}
   * @param newKeys {@code n x d}, likewise
   * @param newValues {@code n x v}, likewise
   * @return the weighted sums of the values, {@code b x v}, valid until the next reading
   */
  public T read(T newQueries, T newKeys, T newValues) {
    queries = null; // what a failed read leaves must not be differentiated
    fit(tensors.rows(newQueries), tensors.rows(newKeys), tensors.columns(newValues));
    tensors.read(addressing, newQueries, newKeys, newValues, similarities, weights, output);
    queries = newQueries;
    keys = newKeys;
    values = newValues;
    differentiable = true;
    queryGradientAsked = false;
    return output;
  }

  private void fit(int b, int n, int v) {
    if (scope != null
        && tensors.rows(weights) == b
        && tensors.columns(weights) == n
        && tensors.columns(output) == v) {
      return;
    }
    close();
    scope = tensors.newScope();
    similarities = scope.zeros(b, n);
    weights = scope.zeros(b, n);
    output = scope.zeros(b, v);
  }

  /**
   * The weights of the latest reading.
   *
   * @return {@code b x n}, each row summing to one, valid until the next reading
   * @throws IllegalStateException if nothing was read
   */
  public T weights() {
    if (queries == null) {
      throw new IllegalStateException("Nothing was read: call read first.");
    }
    return weights;
  }

  /**
   * How like each query its best match is: how familiar it looks. To be asked before {@link
   * #backward}, which uses the similarities up.
   *
   * @return for each query, the largest cosine similarity with a key
   * @throws IllegalStateException if nothing was read since the last way back
   */
  public double[] bestSimilarities() {
    requireRead();
    int[] best = new int[tensors.rows(similarities)];
    tensors.argMaxRows(similarities, best);
    double[] result = new double[best.length];
    for (int i = 0; i < best.length; i++) {
      result[i] = tensors.get(similarities, i, best[i]);
    }
    return result;
  }

  /**
   * The gradient with respect to the keys. One way back for each reading.
   *
   * @param outputGradient dLoss/dOutput, {@code b x v}
   * @param withQueries whether {@link #queryGradient} is wanted too
   * @return dLoss/dKeys, {@code n x d}, valid until the next reading
   * @throws IllegalStateException if nothing was read since the last way back
   */
  public T backward(T outputGradient, boolean withQueries) {
    requireRead();
    Shapes.requireLike(tensors, "The output's gradient", outputGradient, output);
    if (keyGradient == null || tensors.columns(keyGradient) != tensors.columns(keys)) {
      keyGradient = scope.zeros(tensors.rows(keys), tensors.columns(keys));
    }
    if (withQueries
        && (queryGradient == null || tensors.columns(queryGradient) != tensors.columns(keys))) {
      queryGradient = scope.zeros(tensors.rows(queries), tensors.columns(queries));
    }
    tensors.readBackward(
        addressing,
        queries,
        keys,
        values,
        similarities,
        weights,
        outputGradient,
        keyGradient,
        withQueries ? queryGradient : null);
    differentiable = false;
    queryGradientAsked = withQueries;
    return keyGradient;
  }

  /**
   * The gradient with respect to the queries, of the last {@link #backward} that was asked for it.
   *
   * @return dLoss/dQueries, {@code b x d}
   * @throws IllegalStateException if no way back was asked for it
   */
  public T queryGradient() {
    if (!queryGradientAsked) {
      throw new IllegalStateException(
          "There is no gradient of the queries: call backward with withQueries = true first.");
    }
    return queryGradient;
  }

  private void requireRead() {
    if (queries == null || !differentiable) {
      throw new IllegalStateException("Nothing was read since the last way back: call read first.");
    }
  }

  /** Releases the buffers; the next reading makes new ones. */
  @Override
  public void close() {
    if (scope != null) {
      scope.close();
      scope = null;
    }
    queries = null;
    keyGradient = null;
    queryGradient = null;
    queryGradientAsked = false;
  }
}
