package io.nnem.experiments.audit;

import io.nnem.core.Tensors;

/** Arithmetic in double precision, and the way there without losing a bit. */
final class Vectors {
  private Vectors() {}

  /** All elements, row by row. */
  static <T> double[] of(Tensors<T> tensors, T matrix) {
    double[] result = new double[tensors.rows(matrix) * tensors.columns(matrix)];
    add(1, tensors, matrix, result, 0);
    return result;
  }

  /** {@code sum[offset..] += factor * matrix}; returns the offset behind it. */
  static <T> int add(double factor, Tensors<T> tensors, T matrix, double[] sum, int offset) {
    int rows = tensors.rows(matrix);
    int columns = tensors.columns(matrix);
    if (tensors.elementBytes() <= Float.BYTES) {
      float[] floats = new float[rows * columns];
      tensors.copyOut(matrix, floats);
      for (int i = 0; i < floats.length; i++) {
        sum[offset + i] += factor * floats[i];
      }
    } else {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          sum[offset + i * columns + j] += factor * tensors.get(matrix, i, j);
        }
      }
    }
    return offset + rows * columns;
  }

  /** {@code matrix = values}, row by row. */
  static <T> void write(double[] values, Tensors<T> tensors, T matrix) {
    int columns = tensors.columns(matrix);
    for (int i = 0; i < tensors.rows(matrix); i++) {
      for (int j = 0; j < columns; j++) {
        tensors.set(matrix, i, j, values[i * columns + j]);
      }
    }
  }

  static double dot(double[] a, double[] b) {
    return dot(a, b, 0, a.length);
  }

  private static double dot(double[] a, double[] b, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  /**
   * The cosine between two vectors. A zero where there should be a direction has none in common
   * with it: 0. Where there should be none, there is nothing to compare: NaN.
   */
  static double cosine(double[] a, double[] truth) {
    return cosine(dot(a, truth), dot(a, a), dot(truth, truth));
  }

  /** The cosine between rows {@code i} of two matrices. */
  static double cosineOfRows(double[] a, double[] truth, int i, int columns) {
    int from = i * columns;
    int to = from + columns;
    return cosine(dot(a, truth, from, to), dot(a, a, from, to), dot(truth, truth, from, to));
  }

  private static double cosine(double product, double squares, double trueSquares) {
    if (trueSquares == 0) {
      return Double.NaN;
    }
    return squares == 0 ? 0 : product / (Math.sqrt(squares) * Math.sqrt(trueSquares));
  }
}
