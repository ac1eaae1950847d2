package io.nnem.nd4j;

import io.nnem.core.Addressing;

/**
 * Loops over the rows of a tile, for readings by few queries: each row is met once, and what is
 * wanted of it is taken from the first cache.
 */
class RowKernels {

  static final float SMALLEST_LENGTH = (float) Addressing.SMALLEST_LENGTH;

  private final Kernels kernels;

  RowKernels(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * The dot product of each row with a stretch of {@code y}, and with itself.
   *
   * @param squares null where nobody wants the latter
   */
  void dots(
      Scratch scratch,
      float[] x,
      int rows,
      int columns,
      float[] y,
      int yFrom,
      float[] dots,
      float[] squares) {
    restOfDots(x, 0, rows, columns, y, yFrom, dots, squares);
  }

  /** The same from row {@code first} on, one by one. */
  final void restOfDots(
      float[] x,
      int first,
      int rows,
      int columns,
      float[] y,
      int yFrom,
      float[] dots,
      float[] squares) {
    for (int i = first; i < rows; i++) {
      int row = i * columns;
      dots[i] = kernels.dot(x, row, y, yFrom, columns);
      if (squares != null) {
        squares[i] = kernels.dot(x, row, x, row, columns);
      }
    }
  }

  /**
   * One over the length of each row whose square is given, to a place in an array; NaN where the
   * square is infinite, for the length is not known then.
   */
  void inverseLengths(float[] squares, int rows, int place, float[] out) {
    restOfInverseLengths(squares, 0, rows, place, out);
  }

  /** The same from row {@code first} on, one by one. */
  final void restOfInverseLengths(float[] squares, int first, int rows, int place, float[] out) {
    for (int i = first; i < rows; i++) {
      float length =
          squares[i] == Float.POSITIVE_INFINITY ? Float.NaN : (float) Math.sqrt(squares[i]);
      out[place + i] = 1 / Math.max(length, SMALLEST_LENGTH);
    }
  }

  /**
   * Adds the sum of the rows, each times its weight, to a stretch of {@code out}.
   *
   * @param x the rows, and beyond them room for as many floats as {@link Scratch#lanes} has
   */
  void addWeighted(
      Scratch scratch,
      float[] weights,
      int firstWeight,
      float[] x,
      int rows,
      int columns,
      float[] out,
      int place) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out[place + j] += weights[firstWeight + i] * x[i * columns + j];
      }
    }
  }
}
