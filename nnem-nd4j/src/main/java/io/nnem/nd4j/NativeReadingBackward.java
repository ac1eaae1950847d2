package io.nnem.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The way back through a reading, tile by tile: similarities and weights are computed again. Each
 * thread has some of the keys.
 */
final class NativeReadingBackward {

  private final ReadingShape shape;
  private final Scratch scratch = Scratch.own();
  private final long slopes;
  private final long keyGradient;
  private final long keyWeights;
  private final long queryGradient;
  private final float[] means;
  private final float[] summaries;
  private final float[] querySums;

  private NativeReadingBackward(
      ReadingShape shape,
      INDArray summary,
      INDArray out,
      INDArray outGradient,
      INDArray keyGradient,
      INDArray keyWeights,
      boolean withQueries) {
    this.shape = shape;
    this.slopes = Memory.address(outGradient);
    this.keyGradient = Memory.address(keyGradient);
    this.keyWeights = Memory.address(keyWeights);
    this.means = means(Memory.address(out));
    this.summaries = scratch.tile(8, 2 * shape.b);
    scratch.load(Memory.address(summary), summaries, 2 * shape.b);
    this.querySums = scratch.tile(12, shape.b);
    Arrays.fill(querySums, 0, shape.b, 0f);
    this.queryGradient = withQueries ? scratch.room(2, (long) shape.b * shape.d) : 0;
  }

  static void run(
      ReadingShape shape,
      Workers workers,
      INDArray summary,
      INDArray out,
      INDArray outGradient,
      INDArray keyGradient,
      INDArray keyWeights,
      INDArray queryGradient) {
    if (WideReading.suits(shape)) {
      WideReadingBackward.run(
          shape, workers, summary, out, outGradient, keyGradient, keyWeights, queryGradient);
      return;
    }
    NativeReadingBackward[] parts =
        new NativeReadingBackward[workers.parts(shape.n, shape.fewestKeys)];
    boolean withQueries = queryGradient != null;
    workers.split(
        shape.n,
        shape.fewestKeys,
        (i, from, to) -> {
          parts[i] =
              new NativeReadingBackward(
                  shape, summary, out, outGradient, keyGradient, keyWeights, withQueries);
          parts[i].back(from, to);
        });
    if (withQueries) {
      parts[0].finish(parts, Memory.address(queryGradient));
    }
  }

  /** {@code outGradient . out} of each query: the mean of what the weights' gradients are. */
  private float[] means(long out) {
    int v = shape.v;
    float[] answers = scratch.tile(7, shape.b * v);
    float[] gradients = scratch.tile(8, shape.b * v);
    scratch.load(out, answers, shape.b * v);
    scratch.load(slopes, gradients, shape.b * v);
    float[] result = scratch.tile(13, shape.b);
    for (int i = 0; i < shape.b; i++) {
      result[i] = shape.kernels.dot(answers, i * v, gradients, i * v, v);
    }
    return result;
  }

  private void back(int first, int last) {
    int b = shape.b;
    int d = shape.d;
    int v = shape.v;
    int step = shape.step;
    float[] queryScales = shape.queryScales(scratch);
    float[] keyScales = scratch.tile(2, step);
    float[] keySums = scratch.tile(9, step);
    float[] weights = scratch.tile(10, step);
    long products = scratch.room(0, (long) b * step);
    long gradients = scratch.room(1, (long) b * step);
    for (int from = first; from < last; from += step) {
      int here = Math.min(step, last - from);
      long key = ReadingShape.row(shape.keys, from, d);
      long value = ReadingShape.row(shape.values, from, v);
      Blas.multiplySecondTransposed(scratch, b, here, d, shape.queries, key, 0, products);
      Blas.multiplySecondTransposed(scratch, b, here, v, slopes, value, 0, gradients);
      shape.inverseLengths(scratch, key, here, keyScales);
      Arrays.fill(keySums, 0, here, 0f);
      Arrays.fill(weights, 0, here, 0f);
      slopes(products, gradients, here, queryScales, keyScales, keySums, weights);
      scratch.store(weights, here, ReadingShape.row(keyWeights, from, 1));
      long result = ReadingShape.row(keyGradient, from, d);
      Blas.multiplyFirstTransposed(scratch, here, d, b, products, shape.queries, 0, result);
      shape.project(scratch, key, keyScales, keySums, here, result);
      if (queryGradient != 0) {
        toQueries(products, key, here, keyScales, queryScales, from == first);
      }
    }
  }

  /** Products become {@code ds / |q|}; gathers what each key has of {@code ds s} and of weights. */
  private void slopes(
      long products,
      long gradients,
      int here,
      float[] queryScales,
      float[] keyScales,
      float[] keySums,
      float[] weights) {
    Kernels kernels = shape.kernels;
    float[] s = scratch.tile(3, here);
    float[] w = scratch.tile(4, here);
    float[] ds = scratch.tile(7, here);
    for (int i = 0; i < shape.b; i++) {
      long row = ReadingShape.row(products, i, here);
      scratch.load(row, s, here);
      scratch.load(ReadingShape.row(gradients, i, here), ds, here);
      kernels.scale(queryScales[i], keyScales, here, s);
      System.arraycopy(s, 0, w, 0, here);
      shape.weigh(scratch, w, summaries[2 * i], here);
      float factor = shape.factor(summaries[2 * i + 1]);
      if (shape.softmax) {
        kernels.softmaxSlope(factor, means[i], shape.steepness, here, w, ds);
      } else {
        kernels.sumSlope(factor, means[i], here, w, ds);
      }
      if (queryGradient != 0) {
        querySums[i] += kernels.dot(ds, 0, s, 0, here);
      }
      kernels.gather(here, s, w, queryScales[i], ds, keySums, weights);
      scratch.store(ds, here, row);
    }
  }

  /** Adds {@code sum_n ds_bn k_n / |k_n|}, where the products hold {@code ds_bn / |q_b|}. */
  private void toQueries(
      long products, long key, int here, float[] keyScales, float[] queryScales, boolean first) {
    float[] ds = scratch.tile(7, here);
    for (int i = 0; i < shape.b; i++) {
      long row = ReadingShape.row(products, i, here);
      scratch.load(row, ds, here);
      shape.kernels.scale(1 / queryScales[i], keyScales, here, ds);
      scratch.store(ds, here, row);
    }
    Blas.multiply(scratch, shape.b, shape.d, here, products, key, first ? 0 : 1, queryGradient);
  }

  /** Puts together what the parts have for the queries. */
  private void finish(NativeReadingBackward[] parts, long out) {
    int size = shape.b * shape.d;
    float[] sum = scratch.tile(3, size);
    float[] part = scratch.tile(4, size);
    scratch.load(queryGradient, sum, size);
    for (int p = 1; p < parts.length; p++) {
      scratch.load(parts[p].queryGradient, part, size);
      shape.kernels.addScaled(1, part, size, sum);
      shape.kernels.addScaled(1, parts[p].querySums, shape.b, querySums);
    }
    scratch.store(sum, size, out);
    shape.project(scratch, shape.queries, shape.queryScales(scratch), querySums, shape.b, out);
  }
}
