package io.nnem.nd4j;

import java.util.Arrays;

/**
 * A part of a reading by many queries at once. As those of {@link NativeReading}, but tiles have a
 * row for each key: their products are faster, and what is summed or compared for a query stands in
 * lanes of its own. Queries are filled up with rows of zeros to whole vectors.
 *
 * <p>Weights are taken relative to the similarity 1 instead of the best one, which no later tile
 * can then surpass; that keeps their precision only where the softmax is not too steep.
 */
final class WideReading {

  /** Queries for which it is worth it. */
  private static final int FEWEST_QUERIES = 8;

  /** {@code exp(-2 * 10)} leaves enough of a float's digits beside what {@code exp} rounds to. */
  private static final float STEEPEST = 10.01f;

  private final ReadingShape shape;
  private Scratch scratch;
  private int width;
  private float[] best = {};
  private double[] totals = {};
  private float[] answers = {};

  WideReading(ReadingShape shape) {
    this.shape = shape;
  }

  static boolean suits(ReadingShape shape) {
    return shape.b >= FEWEST_QUERIES && (!shape.softmax || shape.steepness <= STEEPEST);
  }

  /** Queries filled up to whole vectors of any width there is. */
  static int width(int b) {
    return (b + 15) / 16 * 16;
  }

  /** The queries, and rows of zeros, in native room 2. */
  static long padded(ReadingShape shape, Scratch scratch) {
    int count = width(shape.b) * shape.d;
    float[] rows = scratch.tile(11, count);
    scratch.load(shape.queries, rows, shape.b * shape.d);
    Arrays.fill(rows, shape.b * shape.d, count, 0f);
    long room = scratch.room(2, count);
    scratch.store(rows, count, room);
    return room;
  }

  /** Reads some of the keys, by the thread that calls. */
  void read(int first, int last) {
    int d = shape.d;
    int v = shape.v;
    scratch = Scratch.own();
    width = width(shape.b);
    best = Scratch.grown(best, width);
    totals = totals.length < width ? new double[width] : totals;
    answers = Scratch.grown(answers, width * v);
    Arrays.fill(best, 0, width, Float.NEGATIVE_INFINITY);
    Arrays.fill(totals, 0, width, 0);
    Arrays.fill(answers, 0, width * v, 0f);
    long queries = padded(shape, scratch);
    float[] queryScales = queryScales(shape, scratch);
    float[] keyScales = scratch.tile(2, shape.step);
    long products = scratch.room(0, (long) width * shape.step);
    long answer = scratch.room(1, (long) width * v);
    scratch.store(answers, width * v, answer);
    for (int from = first; from < last; from += shape.step) {
      int here = Math.min(shape.step, last - from);
      long key = Memory.row(shape.keys, from, d);
      Blas.multiplySecondTransposed(scratch, here, width, d, key, queries, 0, products);
      shape.inverseLengths(scratch, key, here, keyScales);
      weigh(products, here, keyScales, queryScales);
      long value = Memory.row(shape.values, from, v);
      Blas.multiplyFirstTransposed(scratch, v, width, here, value, products, 1, answer);
    }
    scratch.load(answer, answers, width * v);
  }

  /** One over the length of each query, and zeros. */
  static float[] queryScales(ReadingShape shape, Scratch scratch) {
    int width = width(shape.b);
    float[] scales = scratch.tile(1, width);
    shape.inverseLengths(scratch, shape.queries, shape.b, scales);
    Arrays.fill(scales, shape.b, width, 0f);
    return scales;
  }

  private void weigh(long products, int here, float[] keyScales, float[] queryScales) {
    int some = Scratch.rowsPerTile(width);
    float[] tile = scratch.tile(3, some * width);
    float[] sums = scratch.tile(12, width); // of so many floats as keep their digits
    Arrays.fill(sums, 0, width, 0f);
    for (int from = 0; from < here; from += some) {
      int rows = Math.min(some, here - from);
      long place = Memory.row(products, from, width);
      scratch.load(place, tile, rows * width);
      float steepness = shape.softmax ? shape.steepness : 0f;
      shape.kernels.weigh(steepness, tile, rows, width, keyScales, from, queryScales, best, sums);
      scratch.store(tile, rows * width, place);
    }
    for (int i = 0; i < width; i++) {
      totals[i] += sums[i];
    }
  }

  void add(WideReading other) {
    for (int i = 0; i < shape.b; i++) {
      best[i] = Math.max(best[i], other.best[i]);
      totals[i] += other.totals[i];
    }
    shape.kernels.addScaled(1, other.answers, width * shape.v, answers);
  }

  /** Answers are in columns; the totals become relative to the best. */
  void finish(long summary, long out) {
    scratch = Scratch.own();
    float[] summaries = scratch.tile(3, 2 * shape.b);
    float[] rows = scratch.tile(9, shape.b * shape.v);
    for (int i = 0; i < shape.b; i++) {
      double shift = shape.softmax ? Math.exp((1.0 - best[i]) * shape.steepness) : 1;
      summaries[2 * i] = best[i];
      summaries[2 * i + 1] = (float) (totals[i] * shift);
      float factor = shape.factor((float) totals[i]);
      for (int j = 0; j < shape.v; j++) {
        rows[i * shape.v + j] = answers[j * width + i] * factor;
      }
    }
    scratch.store(rows, shape.b * shape.v, out);
    scratch.store(summaries, 2 * shape.b, summary);
  }
}
