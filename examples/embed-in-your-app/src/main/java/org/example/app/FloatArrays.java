package org.example.app;

import io.nnem.core.PlainTensors;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import java.util.Arrays;

/**
 * A back end on {@code float[][]}: an array for each row. nnem needs to know how a matrix is made,
 * how large it is, how some of its rows are had and how an element is read and written; {@link
 * PlainTensors} does the rest. Whatever turns out slow can be overridden one operation at a time.
 */
final class FloatArrays extends PlainTensors<float[][]> {

  @Override
  public int elementBytes() {
    return Float.BYTES;
  }

  @Override
  public Scope<float[][]> newScope() {
    return new Scope<>() {
      private boolean closed;

      @Override
      public float[][] zeros(int rows, int columns) {
        if (closed) {
          throw new IllegalStateException("This scope is closed; open a new one to allocate.");
        }
        Shapes.requireSize(rows, columns);
        return new float[rows][columns];
      }

      @Override
      public void close() {
        closed = true; // the garbage collector does the rest
      }
    };
  }

  @Override
  public int rows(float[][] matrix) {
    return matrix.length;
  }

  @Override
  public int columns(float[][] matrix) {
    return matrix[0].length;
  }

  /** The same row arrays in a new outer array: writing to the range writes to the matrix. */
  @Override
  public float[][] rowRange(float[][] matrix, int from, int to) {
    Shapes.requireRange(from, to, matrix.length);
    return to - from == matrix.length ? matrix : Arrays.copyOfRange(matrix, from, to);
  }

  @Override
  public double get(float[][] matrix, int row, int column) {
    return matrix[row][column];
  }

  @Override
  public void set(float[][] matrix, int row, int column, double value) {
    matrix[row][column] = (float) value;
  }
}
