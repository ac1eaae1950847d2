package io.nnem.nd4j;

import io.nnem.core.Addressing;
import io.nnem.core.Normalisation;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A reading and its way back, over as many keys at a time as stay in the cache: what queries and
 * keys have to do with each other is computed, used and forgotten tile by tile.
 */
final class NativeReading {

  private static final int MOST_KEYS = 1024;
  private static final int FEWEST_KEYS = 64;

  /** Floats of a tile of similarities: with the weights' gradients, half of a second cache. */
  private static final int PRODUCTS = 1 << 16;

  private final Scratch scratch = Scratch.own();
  private final Addressing addressing;
  private final boolean softmax;
  private final float steepness;
  private final int b;
  private final int n;
  private final int d;
  private final int v;
  private final long queries;
  private final long keys;
  private final long values;
  private final int step;

  NativeReading(Addressing addressing, INDArray queries, INDArray keys, INDArray values) {
    this.addressing = addressing;
    this.softmax = addressing.normalisation() == Normalisation.SOFTMAX;
    this.steepness = (float) (1 / addressing.temperature());
    this.b = Nd4jTensors.rowsOf(queries);
    this.n = Nd4jTensors.rowsOf(keys);
    this.d = Nd4jTensors.columnsOf(keys);
    this.v = Nd4jTensors.columnsOf(values);
    this.queries = Memory.address(queries);
    this.keys = Memory.address(keys);
    this.values = Memory.address(values);
    this.step = Math.min(n, Math.max(FEWEST_KEYS, Math.min(MOST_KEYS, PRODUCTS / b)));
  }

  private static long row(long matrix, int row, int columns) {
    return matrix + (long) row * columns * Memory.BYTES;
  }

  void read(INDArray summary, INDArray out) {
    float[] queryScales = inverseLengths(queries, b, scratch.tile(1, b));
    float[] keyScales = scratch.tile(2, step);
    float[] s = scratch.tile(3, step);
    float[] best = scratch.tile(4, b);
    Arrays.fill(best, 0, b, Float.NEGATIVE_INFINITY);
    double[] totals = new double[b];
    float[] answers = scratch.tile(7, b * v);
    Arrays.fill(answers, 0, b * v, 0f);
    long answer = Memory.address(out);
    scratch.store(answers, b * v, answer);
    long products = scratch.room(0, (long) b * step);
    for (int from = 0; from < n; from += step) {
      int here = Math.min(step, n - from);
      long key = row(keys, from, d);
      Blas.multiplySecondTransposed(scratch, b, here, d, queries, key, 0, products);
      inverseLengths(key, here, keyScales);
      boolean rescaled = false;
      for (int i = 0; i < b; i++) {
        scratch.load(row(products, i, here), s, here);
        float max = Kernels.scaleAndMax(queryScales[i], keyScales, here, s);
        if (!(max <= best[i])) { // true of NaN too
          float factor = softmax ? (float) Math.exp((best[i] - max) * (double) steepness) : 1f;
          if (from > 0 && factor != 1f) {
            rescaled = rescaled || load(answer, answers);
            totals[i] *= factor;
            Kernels.scale(factor, answers, i * v, v);
          }
          best[i] = max;
        }
        totals[i] += weigh(s, best[i], here);
        scratch.store(s, here, row(products, i, here));
      }
      if (rescaled) {
        scratch.store(answers, b * v, answer);
      }
      Blas.multiply(scratch, b, v, here, products, row(values, from, v), 1, answer);
    }
    load(answer, answers);
    float[] summaries = scratch.tile(3, 2 * b);
    for (int i = 0; i < b; i++) {
      Kernels.scale(factor((float) totals[i]), answers, i * v, v);
      summaries[2 * i] = best[i];
      summaries[2 * i + 1] = (float) totals[i];
    }
    scratch.store(answers, b * v, answer);
    scratch.store(summaries, 2 * b, Memory.address(summary));
  }

  private boolean load(long answer, float[] answers) {
    scratch.load(answer, answers, b * v);
    return true;
  }

  /** Similarities become weights that are not normalised yet; gives their sum. */
  private double weigh(float[] s, float best, int count) {
    if (softmax) {
      Kernels.scaleFrom(best, steepness, count, s);
      Exponential.apply(scratch, count, s);
    } else {
      Kernels.aboveOpposite(count, s);
    }
    return Kernels.sum(s, count);
  }

  /** One over the total; 0 where the keys are all opposite to the query, up to rounding. */
  private float factor(float total) {
    return addressing.normalisation() == Normalisation.SUM && total < 1e-6f * n ? 0f : 1f / total;
  }

  void backward(
      INDArray summary,
      INDArray out,
      INDArray outGradient,
      INDArray keyGradient,
      INDArray keyWeights,
      INDArray queryGradient) {
    float[] queryScales = inverseLengths(queries, b, scratch.tile(1, b));
    float[] querySums = new float[b];
    float[] means = means(out, outGradient);
    float[] summaries = scratch.tile(8, 2 * b);
    scratch.load(Memory.address(summary), summaries, 2 * b);
    float[] keyScales = scratch.tile(2, step);
    float[] keySums = scratch.tile(9, step);
    float[] weights = scratch.tile(10, step);
    float[] s = scratch.tile(3, step);
    float[] w = scratch.tile(4, step);
    float[] ds = scratch.tile(7, step);
    long slopes = Memory.address(outGradient);
    long products = scratch.room(0, (long) b * step);
    long gradients = scratch.room(1, (long) b * step);
    for (int from = 0; from < n; from += step) {
      int here = Math.min(step, n - from);
      long key = row(keys, from, d);
      Blas.multiplySecondTransposed(scratch, b, here, d, queries, key, 0, products);
      Blas.multiplySecondTransposed(
          scratch, b, here, v, slopes, row(values, from, v), 0, gradients);
      inverseLengths(key, here, keyScales);
      Arrays.fill(keySums, 0, here, 0f);
      Arrays.fill(weights, 0, here, 0f);
      for (int i = 0; i < b; i++) {
        scratch.load(row(products, i, here), s, here);
        scratch.load(row(gradients, i, here), ds, here);
        Kernels.scale(queryScales[i], keyScales, here, s);
        System.arraycopy(s, 0, w, 0, here);
        weigh(w, summaries[2 * i], here);
        float factor = factor(summaries[2 * i + 1]);
        if (softmax) {
          Kernels.softmaxSlope(factor, means[i], steepness, here, w, ds);
        } else {
          Kernels.sumSlope(factor, means[i], here, w, ds);
        }
        querySums[i] += (float) Kernels.dot(ds, s, here);
        Kernels.gather(here, s, w, queryScales[i], ds, keySums, weights);
        scratch.store(ds, here, row(products, i, here));
      }
      scratch.store(weights, here, row(Memory.address(keyWeights), from, 1));
      long result = row(Memory.address(keyGradient), from, d);
      Blas.multiplyFirstTransposed(scratch, here, d, b, products, queries, 0, result);
      project(key, keyScales, keySums, here, result);
      if (queryGradient != null) {
        toQueries(products, key, here, keyScales, queryScales, from == 0, queryGradient);
      }
    }
    if (queryGradient != null) {
      project(queries, queryScales, querySums, b, Memory.address(queryGradient));
    }
  }

  /** {@code outGradient . out} of each query: the mean of what the weights' gradients are. */
  private float[] means(INDArray out, INDArray outGradient) {
    float[] answers = scratch.tile(7, b * v);
    float[] slopes = scratch.tile(8, b * v);
    scratch.load(Memory.address(out), answers, b * v);
    scratch.load(Memory.address(outGradient), slopes, b * v);
    float[] means = new float[b];
    for (int i = 0; i < b; i++) {
      means[i] = Kernels.dot(answers, i * v, slopes, i * v, v);
    }
    return means;
  }

  /** Adds {@code sum_n ds_bn k_n / |k_n|}, where the products hold {@code ds_bn / |q_b|}. */
  private void toQueries(
      long products,
      long key,
      int here,
      float[] keyScales,
      float[] queryScales,
      boolean first,
      INDArray queryGradient) {
    float[] ds = scratch.tile(7, step);
    for (int i = 0; i < b; i++) {
      scratch.load(row(products, i, here), ds, here);
      Kernels.scale(1 / queryScales[i], keyScales, here, ds);
      scratch.store(ds, here, row(products, i, here));
    }
    Blas.multiply(scratch, b, d, here, products, key, first ? 0 : 1, Memory.address(queryGradient));
  }

  /**
   * What normalising to unit length leaves of a gradient: {@code (gradient - sum x / |x|) / |x|}
   * for each row {@code x}, {@code sum} being what the gradient has along it.
   */
  private void project(long rows, float[] scales, float[] sums, int count, long gradient) {
    int some = Scratch.rowsPerTile(d);
    float[] x = scratch.tile(0, some * d);
    float[] result = scratch.tile(11, some * d);
    for (int from = 0; from < count; from += some) {
      int here = Math.min(some, count - from);
      scratch.load(row(rows, from, d), x, here * d);
      scratch.load(row(gradient, from, d), result, here * d);
      for (int i = 0; i < here; i++) {
        float scale = scales[from + i];
        Kernels.project(x, i * d, d, sums[from + i] * scale, scale, result);
      }
      scratch.store(result, here * d, row(gradient, from, d));
    }
  }

  private float[] inverseLengths(long matrix, int rows, float[] out) {
    int some = Scratch.rowsPerTile(d);
    float[] x = scratch.tile(0, some * d);
    for (int from = 0; from < rows; from += some) {
      int here = Math.min(some, rows - from);
      scratch.load(row(matrix, from, d), x, here * d);
      for (int i = 0; i < here; i++) {
        double length = Math.sqrt(Kernels.dot(x, i * d, x, i * d, d));
        out[from + i] = (float) (1 / Math.max(length, Addressing.SMALLEST_LENGTH));
      }
    }
    return out;
  }
}
