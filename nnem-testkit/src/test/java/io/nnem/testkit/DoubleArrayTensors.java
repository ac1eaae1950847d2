package io.nnem.testkit;

import io.nnem.core.PlainTensors;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import java.util.Arrays;

/** A right back end in double precision, for wrong ones to extend. */
class DoubleArrayTensors extends PlainTensors<double[][]> {

  @Override
  public int elementBytes() {
    return Double.BYTES;
  }

  @Override
  public Scope<double[][]> newScope() {
    return new Scope<>() {
      private boolean closed;

      @Override
      public double[][] zeros(int rows, int columns) {
        if (closed) {
          throw new IllegalStateException("This scope is closed; open a new one to allocate.");
        }
        Shapes.requireSize(rows, columns);
        return new double[rows][columns];
      }

      @Override
      public void close() {
        closed = true;
      }
    };
  }

  @Override
  public int rows(double[][] matrix) {
    return matrix.length;
  }

  @Override
  public int columns(double[][] matrix) {
    return matrix[0].length;
  }

  @Override
  public double[][] rowRange(double[][] matrix, int from, int to) {
    Shapes.requireRange(from, to, matrix.length);
    return to - from == matrix.length ? matrix : Arrays.copyOfRange(matrix, from, to);
  }

  @Override
  public double get(double[][] matrix, int row, int column) {
    Shapes.requireElement(row, column, matrix.length, matrix[0].length);
    return matrix[row][column];
  }

  @Override
  public void set(double[][] matrix, int row, int column, double value) {
    Shapes.requireElement(row, column, matrix.length, matrix[0].length);
    matrix[row][column] = value;
  }
}
