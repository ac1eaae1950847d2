package io.nnem.memory;

import io.nnem.core.Addressing;
import io.nnem.core.GrowingRows;
import io.nnem.core.Scope;
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
  private T summary;
  private T output;
  private GrowingRows<T> keyGradients;
  private final GrowingRows<T> keyWeights;
  private T queryGradient;
  private boolean queryGradientAsked;
  private T queries;
  private T keys;
  private T values;
  private T weights;

  /**
   * Creates a reading.
   *
   * @param tensors the back end
   * @param addressing how memories are weighed
   */
  public Reading(Tensors<T> tensors, Addressing addressing) {
    this.tensors = tensors;
    this.addressing = addressing;
    this.keyWeights = new GrowingRows<>(tensors, 1);
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
    weights = null;
    queryGradientAsked = false;
    fit(tensors.rows(newQueries), tensors.columns(newKeys), tensors.columns(newValues));
    tensors.read(addressing, newQueries, newKeys, newValues, summary, output);
    queries = newQueries;
    keys = newKeys;
    values = newValues;
    return output;
  }

  private void fit(int b, int d, int v) {
    if (scope != null
        && tensors.rows(output) == b
        && tensors.columns(output) == v
        && tensors.columns(queryGradient) == d) {
      return;
    }
    close();
    Scope<T> fresh = tensors.newScope();
    try {
      summary = fresh.zeros(b, 2);
      output = fresh.zeros(b, v);
      queryGradient = fresh.zeros(b, d);
    } catch (RuntimeException | Error e) {
      fresh.close();
      throw e;
    }
    keyGradients = new GrowingRows<>(tensors, d);
    scope = fresh;
  }

  /**
   * How like each query its best match is: how familiar it looks.
   *
   * @return for each query, the largest cosine similarity with a key
   * @throws IllegalStateException if nothing was read
   */
  public double[] bestSimilarities() {
    requireRead();
    double[] best = new double[tensors.rows(summary)];
    for (int i = 0; i < best.length; i++) {
      best[i] = tensors.get(summary, i, 0);
    }
    return best;
  }

  /**
   * The gradient with respect to the keys.
   *
   * @param outputGradient dLoss/dOutput, {@code b x v}
   * @param withQueries whether {@link #queryGradient} is wanted too
   * @return dLoss/dKeys, {@code n x d}, valid until the next reading
   * @throws IllegalStateException if nothing was read
   */
  public T backward(T outputGradient, boolean withQueries) {
    requireRead();
    int n = tensors.rows(keys);
    T keyGradient = keyGradients.first(n);
    tensors.readBackward(
        addressing,
        queries,
        keys,
        values,
        summary,
        output,
        outputGradient,
        keyGradient,
        keyWeights.first(n),
        withQueries ? queryGradient : null);
    weights = keyWeights.first(n);
    queryGradientAsked = withQueries;
    return keyGradient;
  }

  /**
   * How much of each key's value went into the answers: its weights, summed over the queries.
   *
   * @return {@code n x 1}, valid until the next reading
   * @throws IllegalStateException if there was no backward pass since the latest reading
   */
  public T keyWeights() {
    if (weights == null) {
      throw new IllegalStateException(
          "The keys' weights come with the backward pass: call backward first.");
    }
    return weights;
  }

  /**
   * The gradient with respect to the queries, of the last {@link #backward} that was asked for it.
   *
   * @return dLoss/dQueries, {@code b x d}
   * @throws IllegalStateException if none was asked for
   */
  public T queryGradient() {
    if (!queryGradientAsked) {
      throw new IllegalStateException(
          "There is no gradient of the queries: call backward with withQueries = true first.");
    }
    return queryGradient;
  }

  private void requireRead() {
    if (queries == null) {
      throw new IllegalStateException("Nothing was read: call read first.");
    }
  }

  /** Releases the buffers; the next reading makes new ones. */
  @Override
  public void close() {
    if (scope != null) {
      scope.close();
      scope = null;
      keyGradients.close();
    }
    keyWeights.close();
    queries = null;
    weights = null;
    queryGradientAsked = false;
  }
}
