package io.nnem.core.state;

import io.nnem.core.PlainTensors;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;
import java.util.Arrays;

/** A back end of single precision, over {@code float[][]}. */
final class FloatRows extends PlainTensors<float[][]> {

  @Override
  public int elementBytes() {
    return Float.BYTES;
  }

  @Override
  public Scope<float[][]> newScope() {
    return new Scope<>() {
      @Override
      public float[][] zeros(int rows, int columns) {
        return new float[rows][columns];
      }

      @Override
      public void close() {}
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
    return Arrays.copyOfRange(matrix, from, to);
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
