package io.nnem.nd4j;

import io.nnem.core.Addressing;
import io.nnem.core.Normalisation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A reading and its way back, as products over the whole memory and one pass over each row. */
final class NativeReading {

  private NativeReading() {}

  static void read(
      Addressing addressing,
      INDArray queries,
      INDArray keys,
      INDArray values,
      INDArray similarities,
      INDArray weights,
      INDArray out) {
    Scratch scratch = Scratch.own();
    int b = Nd4jTensors.rowsOf(queries);
    int n = Nd4jTensors.rowsOf(keys);
    int d = Nd4jTensors.columnsOf(keys);
    int v = Nd4jTensors.columnsOf(values);
    long similarity = Memory.address(similarities);
    long weight = Memory.address(weights);
    float[] keyScales = scratch.tile(1, n);
    inverseLengths(scratch, Memory.address(keys), n, d, keyScales);
    float[] queryScales = scratch.tile(2, b);
    inverseLengths(scratch, Memory.address(queries), b, d, queryScales);
    Blas.multiplySecondTransposed(
        scratch, b, n, d, Memory.address(queries), Memory.address(keys), 0, similarity);
    float[] s = scratch.tile(0, n);
    float[] w = scratch.tile(3, n);
    for (int i = 0; i < b; i++) {
      long row = (long) i * n * Memory.BYTES;
      scratch.load(similarity + row, s, n);
      for (int j = 0; j < n; j++) {
        s[j] *= queryScales[i] * keyScales[j];
      }
      scratch.store(s, n, similarity + row);
      weigh(scratch, addressing, s, n, w);
      scratch.store(w, n, weight + row);
    }
    Blas.multiply(scratch, b, v, n, weight, Memory.address(values), 0, Memory.address(out));
  }

  private static void weigh(Scratch scratch, Addressing addressing, float[] s, int n, float[] w) {
    if (addressing.normalisation() == Normalisation.SOFTMAX) {
      float max = Kernels.max(s, n);
      float factor = (float) (1 / addressing.temperature());
      for (int j = 0; j < n; j++) {
        w[j] = (s[j] - max) * factor;
      }
      Exponential.apply(scratch, n, w);
    } else {
      for (int j = 0; j < n; j++) {
        w[j] = Math.max(1 + s[j], 0f);
      }
    }
    double sum = Kernels.sum(w, n);
    boolean none = addressing.normalisation() == Normalisation.SUM && nothing(sum, n);
    Kernels.scale(none ? 0 : (float) (1 / sum), n, w);
  }

  static void readBackward(
      Addressing addressing,
      INDArray queries,
      INDArray keys,
      INDArray values,
      INDArray similarities,
      INDArray weights,
      INDArray outGradient,
      INDArray keyGradient,
      INDArray queryGradient) {
    Scratch scratch = Scratch.own();
    int b = Nd4jTensors.rowsOf(queries);
    int n = Nd4jTensors.rowsOf(keys);
    int d = Nd4jTensors.columnsOf(keys);
    int v = Nd4jTensors.columnsOf(values);
    long query = Memory.address(queries);
    long key = Memory.address(keys);
    long similarity = Memory.address(similarities);
    long weight = Memory.address(weights);
    long g = scratch.room((long) b * n);
    Blas.multiplySecondTransposed(
        scratch, b, n, v, Memory.address(outGradient), Memory.address(values), 0, g);
    float[] queryScales = scratch.tile(2, b + n); // and behind them, each key's sum of ds s
    inverseLengths(scratch, query, b, d, queryScales);
    java.util.Arrays.fill(queryScales, b, b + n, 0f);
    float[] querySums = new float[b];
    float[] s = scratch.tile(0, n);
    float[] w = scratch.tile(3, n);
    float[] ds = scratch.tile(4, n);
    for (int i = 0; i < b; i++) {
      long row = (long) i * n * Memory.BYTES;
      scratch.load(similarity + row, s, n);
      scratch.load(weight + row, w, n);
      scratch.load(g + row, ds, n);
      similarityGradient(addressing, s, w, n, ds);
      querySums[i] = (float) Kernels.dot(ds, s, n);
      for (int j = 0; j < n; j++) {
        queryScales[b + j] += ds[j] * s[j];
      }
      Kernels.scale(queryScales[i], n, ds);
      scratch.store(ds, n, similarity + row);
    }
    float[] keyScales = scratch.tile(1, n);
    inverseLengths(scratch, key, n, d, keyScales);
    long result = Memory.address(keyGradient);
    Blas.multiplyFirstTransposed(scratch, n, d, b, similarity, query, 0, result);
    project(scratch, key, keyScales, queryScales, b, n, d, result);
    if (queryGradient != null) {
      for (int i = 0; i < b; i++) {
        long row = similarity + (long) i * n * Memory.BYTES;
        scratch.load(row, ds, n);
        for (int j = 0; j < n; j++) {
          ds[j] *= keyScales[j] / queryScales[i];
        }
        scratch.store(ds, n, row);
      }
      long queryResult = Memory.address(queryGradient);
      Blas.multiply(scratch, b, d, n, similarity, key, 0, queryResult);
      project(scratch, query, queryScales, querySums, 0, b, d, queryResult);
    }
  }

  /** Whether the keys are all opposite to the query, up to rounding. */
  private static boolean nothing(double total, int n) {
    return total < 1e-6 * n;
  }

  /** From dLoss/dWeight, in {@code ds}, to dLoss/dSimilarity. */
  private static void similarityGradient(
      Addressing addressing, float[] s, float[] w, int n, float[] ds) {
    float mean = (float) Kernels.dot(w, ds, n);
    if (addressing.normalisation() == Normalisation.SOFTMAX) {
      float factor = (float) (1 / addressing.temperature());
      for (int j = 0; j < n; j++) {
        ds[j] = w[j] * (ds[j] - mean) * factor;
      }
    } else {
      double total = n + Kernels.sum(s, n);
      float factor = nothing(total, n) ? 0 : (float) (1 / total);
      for (int j = 0; j < n; j++) {
        ds[j] = (ds[j] - mean) * factor;
      }
    }
  }

  /**
   * What normalising to unit length leaves of a gradient: {@code (gradient - sum x / |x|) / |x|}
   * for each row {@code x}, {@code sum} being what the gradient has along it.
   */
  private static void project(
      Scratch scratch,
      long rows,
      float[] scales,
      float[] sums,
      int sumsFrom,
      int count,
      int columns,
      long gradient) {
    int step = Scratch.rowsPerTile(columns);
    float[] x = scratch.tile(0, step * columns);
    float[] result = scratch.tile(3, step * columns);
    for (int from = 0; from < count; from += step) {
      int here = Math.min(step, count - from);
      long offset = (long) from * columns * Memory.BYTES;
      scratch.load(rows + offset, x, here * columns);
      scratch.load(gradient + offset, result, here * columns);
      for (int i = 0; i < here; i++) {
        float scale = scales[from + i];
        float along = sums[sumsFrom + from + i] * scale;
        int row = i * columns;
        for (int j = 0; j < columns; j++) {
          result[row + j] = (result[row + j] - along * x[row + j]) * scale;
        }
      }
      scratch.store(result, here * columns, gradient + offset);
    }
  }

  private static void inverseLengths(
      Scratch scratch, long matrix, int rows, int columns, float[] out) {
    int step = Scratch.rowsPerTile(columns);
    float[] x = scratch.tile(0, step * columns);
    for (int from = 0; from < rows; from += step) {
      int here = Math.min(step, rows - from);
      scratch.load(matrix + (long) from * columns * Memory.BYTES, x, here * columns);
      for (int i = 0; i < here; i++) {
        double length = Math.sqrt(Kernels.dot(x, i * columns, x, i * columns, columns));
        out[from + i] = (float) (1 / Math.max(length, Addressing.SMALLEST_LENGTH));
      }
    }
  }
}
