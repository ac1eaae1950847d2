package io.nnem.nd4j;

import io.nnem.core.Addressing;
import io.nnem.core.Normalisation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What both ways of a reading have in common: what is read, and in tiles of how many keys. Set anew
 * for each reading.
 */
final class ReadingShape {

  /** Queries for which products of matrices are worth it. */
  private static final int FEWEST_QUERIES = 8;

  private static final int MOST_KEYS = 1024;
  private static final int FEWEST_KEYS = 64;

  /** Floats of a tile of similarities: with the weights' gradients, half of a second cache. */
  private static final int PRODUCTS = 1 << 16;

  /** Similarities worth a thread of their own. */
  private static final int FEWEST_PRODUCTS = 1 << 15;

  final Kernels kernels;
  boolean softmax;
  float steepness;
  int b;
  int n;
  int d;
  int v;
  long queries;
  long keys;
  long values;
  int step;
  int fewestKeys;

  ReadingShape(Kernels kernels) {
    this.kernels = kernels;
  }

  void set(Addressing addressing, INDArray queryRows, INDArray keyRows, INDArray valueRows) {
    softmax = addressing.normalisation() == Normalisation.SOFTMAX;
    steepness = (float) (1 / addressing.temperature());
    v = Nd4jTensors.columnsOf(valueRows);
    values = Memory.address(valueRows);
    set(Memory.address(queryRows), Nd4jTensors.rowsOf(queryRows), keyRows);
  }

  /** Queries and keys, where nothing else is read. */
  void set(long queryPlace, int queryCount, INDArray keyRows) {
    b = queryCount;
    n = Nd4jTensors.rowsOf(keyRows);
    d = Nd4jTensors.columnsOf(keyRows);
    queries = queryPlace;
    keys = Memory.address(keyRows);
    step = Math.min(n, Math.max(FEWEST_KEYS, Math.min(MOST_KEYS, PRODUCTS / b)));
    fewestKeys = Math.max(FEWEST_KEYS, FEWEST_PRODUCTS / b);
  }

  /**
   * The products of all queries with some of the keys, a row for each query, and one over the
   * length of each of these keys.
   */
  void products(Scratch scratch, int from, int here, float[] products, float[] keyScales) {
    long place = Memory.row(keys, from, d);
    if (b >= FEWEST_QUERIES) {
      long room = scratch.room(0, (long) b * here);
      Blas.multiplySecondTransposed(scratch, b, here, d, queries, place, 0, room);
      scratch.load(room, products, b * here);
      inverseLengths(scratch, place, here, keyScales);
      return;
    }
    RowKernels loops = kernels.rowKernels();
    int some = 2 * Scratch.rowsPerTile(d);
    float[] q = scratch.tile(11, b * d);
    float[] dots = scratch.tile(9, some);
    float[] squares = scratch.tile(10, some);
    scratch.load(queries, q, b * d);
    float[] x = scratch.tile(0, some * d);
    for (int i = 0; i < here; i += some) {
      int rows = Math.min(some, here - i);
      scratch.load(Memory.row(place, i, d), x, rows * d);
      for (int query = 0; query < b; query++) {
        loops.dots(scratch, x, rows, d, q, query * d, dots, query == 0 ? squares : null);
        System.arraycopy(dots, 0, products, query * here + i, rows);
      }
      loops.inverseLengths(squares, rows, i, keyScales);
    }
  }

  /** Adds to each query's answer what some of the values say, by weights as {@link #products}. */
  void addAnswers(Scratch scratch, int from, int here, float[] weights, float[] answers) {
    long place = Memory.row(values, from, v);
    if (b >= FEWEST_QUERIES) {
      long room = scratch.room(0, (long) b * here);
      long answer = scratch.room(1, (long) b * v);
      scratch.store(weights, b * here, room);
      scratch.store(answers, b * v, answer);
      Blas.multiply(scratch, b, v, here, room, place, 1, answer);
      scratch.load(answer, answers, b * v);
      return;
    }
    int some = Scratch.rowsPerTile(v);
    float[] x = scratch.tile(0, some * v + scratch.lanes.length);
    for (int i = 0; i < here; i += some) {
      int rows = Math.min(some, here - i);
      scratch.load(Memory.row(place, i, v), x, rows * v);
      for (int query = 0; query < b; query++) {
        kernels
            .rowKernels()
            .addWeighted(scratch, weights, query * here + i, x, rows, v, answers, query * v);
      }
    }
  }

  /** Similarities become weights that are not normalised yet; gives their sum. */
  double weigh(Scratch scratch, float[] s, float best, int count) {
    return softmax
        ? kernels.exponentials(scratch, best, steepness, count, s)
        : kernels.aboveOpposite(count, s);
  }

  /** One over the total; 0 where the keys are all opposite to the query, up to rounding. */
  float factor(float total) {
    return !softmax && total < 1e-6f * n ? 0f : 1f / total;
  }

  float[] queryScales(Scratch scratch) {
    return inverseLengths(scratch, queries, b, scratch.tile(1, b));
  }

  /** One over the length of each row of {@code rows x d}. */
  float[] inverseLengths(Scratch scratch, long matrix, int rows, float[] out) {
    RowKernels loops = kernels.rowKernels();
    int some = 2 * Scratch.rowsPerTile(d);
    float[] x = scratch.tile(0, some * d);
    float[] dots = scratch.tile(5, some);
    float[] squares = scratch.tile(6, some);
    for (int from = 0; from < rows; from += some) {
      int here = Math.min(some, rows - from);
      scratch.load(Memory.row(matrix, from, d), x, here * d);
      loops.dots(scratch, x, here, d, x, 0, dots, squares); // the former for nobody
      loops.inverseLengths(squares, here, from, out);
    }
    return out;
  }

  /**
   * What normalising to unit length leaves of a gradient: {@code (gradient - sum x / |x|) / |x|}
   * for each row {@code x}, {@code sum} being what the gradient has along it.
   */
  void project(Scratch scratch, long rows, float[] scales, float[] sums, int count, long gradient) {
    int some = Scratch.rowsPerTile(d);
    float[] x = scratch.tile(0, some * d);
    float[] result = scratch.tile(11, some * d);
    for (int from = 0; from < count; from += some) {
      int here = Math.min(some, count - from);
      scratch.load(Memory.row(rows, from, d), x, here * d);
      scratch.load(Memory.row(gradient, from, d), result, here * d);
      for (int i = 0; i < here; i++) {
        float scale = scales[from + i];
        kernels.project(x, i * d, d, sums[from + i] * scale, scale, result);
      }
      scratch.store(result, here * d, Memory.row(gradient, from, d));
    }
  }
}
