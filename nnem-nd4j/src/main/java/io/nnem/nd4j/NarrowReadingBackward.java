package io.nnem.nd4j;

import java.util.Arrays;

/** A part of the backward pass through a reading by few queries, or by a steep softmax. */
final class NarrowReadingBackward {

  private final NativeReadingBackward call;
  private final ReadingShape shape;
  private Scratch scratch;
  private long queryGradient;
  private float[] means;
  private float[] summaries;
  private float[] querySums = {};
  private float[] queryGradients = {};

  NarrowReadingBackward(NativeReadingBackward call) {
    this.call = call;
    this.shape = call.shape;
  }

  /** {@code outGradient . out} of each query: the mean of what the weights' gradients are. */
  private float[] means() {
    int v = shape.v;
    float[] answers = scratch.tile(7, shape.b * v);
    float[] gradients = scratch.tile(8, shape.b * v);
    scratch.load(call.out, answers, shape.b * v);
    scratch.load(call.outGradient, gradients, shape.b * v);
    float[] result = scratch.tile(13, shape.b);
    for (int i = 0; i < shape.b; i++) {
      result[i] = shape.kernels.dot(answers, i * v, gradients, i * v, v);
    }
    return result;
  }

  /** Some of the keys, by the thread that calls. */
  void back(int first, int last) {
    int b = shape.b;
    scratch = Scratch.own();
    means = means();
    summaries = scratch.tile(8, 2 * b);
    scratch.load(call.summary, summaries, 2 * b);
    querySums = Scratch.grown(querySums, b);
    Arrays.fill(querySums, 0, b, 0f);
    queryGradient = call.withQueries ? scratch.room(2, (long) b * shape.d) : 0;
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
      long key = Memory.row(shape.keys, from, d);
      long value = Memory.row(shape.values, from, v);
      Blas.multiplySecondTransposed(scratch, b, here, d, shape.queries, key, 0, products);
      Blas.multiplySecondTransposed(scratch, b, here, v, call.outGradient, value, 0, gradients);
      shape.inverseLengths(scratch, key, here, keyScales);
      Arrays.fill(keySums, 0, here, 0f);
      Arrays.fill(weights, 0, here, 0f);
      slopes(products, gradients, here, queryScales, keyScales, keySums, weights);
      scratch.store(weights, here, Memory.row(call.keyWeights, from, 1));
      long result = Memory.row(call.keyGradient, from, d);
      Blas.multiplyFirstTransposed(scratch, here, d, b, products, shape.queries, 0, result);
      shape.project(scratch, key, keyScales, keySums, here, result);
      if (queryGradient != 0) {
        toQueries(products, key, here, keyScales, queryScales, from == first);
      }
    }
    if (queryGradient != 0) {
      queryGradients = Scratch.grown(queryGradients, b * d);
      scratch.load(queryGradient, queryGradients, b * d);
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
      long row = Memory.row(products, i, here);
      scratch.load(row, s, here);
      scratch.load(Memory.row(gradients, i, here), ds, here);
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
      long row = Memory.row(products, i, here);
      scratch.load(row, ds, here);
      shape.kernels.scale(1 / queryScales[i], keyScales, here, ds);
      scratch.store(ds, here, row);
    }
    Blas.multiply(scratch, shape.b, shape.d, here, products, key, first ? 0 : 1, queryGradient);
  }

  /** Puts together what the parts have for the queries. */
  void finish(NarrowReadingBackward[] parts, int count, long out) {
    int size = shape.b * shape.d;
    for (int p = 1; p < count; p++) {
      shape.kernels.addScaled(1, parts[p].queryGradients, size, queryGradients);
      shape.kernels.addScaled(1, parts[p].querySums, shape.b, querySums);
    }
    scratch = Scratch.own();
    scratch.store(queryGradients, size, out);
    shape.project(scratch, shape.queries, shape.queryScales(scratch), querySums, shape.b, out);
  }
}
