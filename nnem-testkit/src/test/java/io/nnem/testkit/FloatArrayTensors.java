package io.nnem.testkit;

import io.nnem.core.PlainTensors;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import java.util.Arrays;

/** A back end as an outsider would write it: six methods over {@code float[][]}. */
final class FloatArrayTensors extends PlainTensors<float[][]> {

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
        closed = true;
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

  @Override
  public float[][] rowRange(float[][] matrix, int from, int to) {
    Shapes.requireRange(from, to, matrix.length);
    return to - from == matrix.length ? matrix : Arrays.copyOfRange(matrix, from, to);
  }

  @Override
  public double get(float[][] matrix, int row, int column) {
    Shapes.requireElement(row, column, rows(matrix), columns(matrix));
    return matrix[row][column];
  }

  @Override
  public void set(float[][] matrix, int row, int column, double value) {
    Shapes.requireElement(row, column, rows(matrix), columns(matrix));
    matrix[row][column] = (float) value;
  }
}
