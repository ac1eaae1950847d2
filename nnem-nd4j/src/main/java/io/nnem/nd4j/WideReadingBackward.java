package io.nnem.nd4j;

import java.util.Arrays;

/** A part of the backward pass through a {@link WideReading}: a row of each tile for each key. */
final class WideReadingBackward {

  private final NativeReadingBackward call;
  private final ReadingShape shape;
  private Scratch scratch;
  private int width;
  private long slopes;
  private float[] means;
  private float[] best;
  private float[] factors;
  private float[] querySums = {};
  private float[] queryGradients = {};

  WideReadingBackward(NativeReadingBackward call) {
    this.call = call;
    this.shape = call.shape;
  }

  /** What each query has; rows of zeros count for nothing. Gives the padded output gradient. */
  private long prepare() {
    int v = shape.v;
    float[] answers = scratch.tile(7, shape.b * v);
    float[] gradients = scratch.tile(8, width * v);
    float[] summaries = scratch.tile(9, 2 * shape.b);
    scratch.load(call.out, answers, shape.b * v);
    scratch.load(call.outGradient, gradients, shape.b * v);
    scratch.load(call.summary, summaries, 2 * shape.b);
    Arrays.fill(gradients, shape.b * v, width * v, 0f);
    Arrays.fill(means, shape.b, width, 0f);
    Arrays.fill(best, shape.b, width, 0f);
    Arrays.fill(factors, shape.b, width, 0f);
    for (int i = 0; i < shape.b; i++) {
      means[i] = shape.kernels.dot(answers, i * v, gradients, i * v, v);
      best[i] = summaries[2 * i];
      factors[i] = shape.factor(summaries[2 * i + 1]);
    }
    long room = scratch.room(3, (long) width * v);
    scratch.store(gradients, width * v, room);
    return room;
  }

  /** Some of the keys, by the thread that calls. */
  void back(int first, int last) {
    int d = shape.d;
    int v = shape.v;
    int step = shape.step;
    boolean withQueries = call.withQueries;
    scratch = Scratch.own();
    width = WideReading.width(shape.b);
    means = scratch.tile(13, width);
    best = scratch.tile(4, width);
    factors = scratch.tile(12, width);
    querySums = Scratch.grown(querySums, width);
    queryGradients = Scratch.grown(queryGradients, withQueries ? width * d : 0);
    Arrays.fill(querySums, 0, width, 0f);
    slopes = prepare();
    long queries = WideReading.padded(shape, scratch);
    float[] queryScales = WideReading.queryScales(shape, scratch);
    float[] keyScales = scratch.tile(2, step);
    float[] keySums = scratch.tile(10, step);
    float[] weights = scratch.tile(14, step);
    long products = scratch.room(0, (long) width * step);
    long gradients = scratch.room(1, (long) width * step);
    long queryGradient = withQueries ? scratch.room(4, (long) width * d) : 0;
    for (int from = first; from < last; from += step) {
      int here = Math.min(step, last - from);
      long key = Memory.row(shape.keys, from, d);
      long value = Memory.row(shape.values, from, v);
      Blas.multiplySecondTransposed(scratch, here, width, d, key, queries, 0, products);
      Blas.multiplySecondTransposed(scratch, here, width, v, value, slopes, 0, gradients);
      shape.inverseLengths(scratch, key, here, keyScales);
      slopes(products, gradients, here, keyScales, queryScales, keySums, weights);
      scratch.store(weights, here, Memory.row(call.keyWeights, from, 1));
      long result = Memory.row(call.keyGradient, from, d);
      Blas.multiply(scratch, here, d, width, products, queries, 0, result);
      shape.project(scratch, key, keyScales, keySums, here, result);
      if (withQueries) {
        toQueries(products, key, here, keyScales, from == first ? 0 : 1, queryGradient);
      }
    }
    if (withQueries) {
      scratch.load(queryGradient, queryGradients, width * d);
    }
  }

  /** Products become {@code ds / |q|}; gathers what each key has of {@code ds s} and of weights. */
  private void slopes(
      long products,
      long gradients,
      int here,
      float[] keyScales,
      float[] queryScales,
      float[] keySums,
      float[] weights) {
    int some = Scratch.rowsPerTile(width);
    float[] s = scratch.tile(3, some * width);
    float[] g = scratch.tile(7, some * width);
    for (int from = 0; from < here; from += some) {
      int rows = Math.min(some, here - from);
      long place = Memory.row(products, from, width);
      scratch.load(place, s, rows * width);
      scratch.load(Memory.row(gradients, from, width), g, rows * width);
      shape.kernels.slopes(
          shape.softmax ? shape.steepness : 0f,
          s,
          g,
          rows,
          width,
          keyScales,
          from,
          queryScales,
          best,
          factors,
          means,
          keySums,
          weights,
          querySums);
      scratch.store(s, rows * width, place);
    }
  }

  /**
   * Adds {@code sum_n ds_bn k_n / (|k_n| |q_b|)}, where the products hold {@code ds_bn / |q_b|}.
   */
  private void toQueries(
      long products, long key, int here, float[] keyScales, float beta, long queryGradient) {
    int some = Scratch.rowsPerTile(width);
    float[] ds = scratch.tile(3, some * width);
    for (int from = 0; from < here; from += some) {
      int rows = Math.min(some, here - from);
      long place = Memory.row(products, from, width);
      scratch.load(place, ds, rows * width);
      for (int j = 0; j < rows; j++) {
        shape.kernels.scale(keyScales[from + j], ds, j * width, width);
      }
      scratch.store(ds, rows * width, place);
    }
    Blas.multiplyFirstTransposed(scratch, width, shape.d, here, products, key, beta, queryGradient);
  }

  /** Puts together what the parts have for the queries. */
  void finish(WideReadingBackward[] parts, int count, long out) {
    scratch = Scratch.own();
    int size = shape.b * shape.d;
    for (int p = 1; p < count; p++) {
      shape.kernels.addScaled(1, parts[p].queryGradients, size, queryGradients);
      shape.kernels.addScaled(1, parts[p].querySums, shape.b, querySums);
    }
    float[] queryScales = WideReading.queryScales(shape, scratch);
    float[] x = scratch.tile(11, size);
    scratch.load(shape.queries, x, size);
    for (int i = 0; i < shape.b; i++) {
      // the sum so far lacks its factor |q| / |q|: it is already divided by |q|
      float along = querySums[i] * queryScales[i] * queryScales[i];
      shape.kernels.project(x, i * shape.d, shape.d, along, 1f, queryGradients);
    }
    scratch.store(queryGradients, size, out);
  }
}
