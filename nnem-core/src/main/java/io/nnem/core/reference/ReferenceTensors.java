package io.nnem.core.reference;

import io.nnem.core.PlainTensors;
import io.nnem.core.Scope;
import io.nnem.core.Shapes;

/** {@link PlainTensors} over arrays of doubles. */
public final class ReferenceTensors extends PlainTensors<Matrix> {

  /** Creates the back end; it has no state. */
  public ReferenceTensors() {}

  @Override
  public String description() {
    return "reference: plain Java loops in double precision, one thread";
  }

  @Override
  public int elementBytes() {
    return Double.BYTES;
  }

  @Override
  public Scope<Matrix> newScope() {
    return new ReferenceScope();
  }

  @Override
  public int rows(Matrix matrix) {
    return matrix.rows;
  }

  @Override
  public int columns(Matrix matrix) {
    return matrix.columns;
  }

  @Override
  public Matrix rowRange(Matrix matrix, int from, int to) {
    Shapes.requireRange(from, to, matrix.rows);
    if (to - from == matrix.rows) {
      return matrix;
    }
    int offset = matrix.index(from, 0);
    return new Matrix(matrix.scope, matrix.data, offset, to - from, matrix.columns);
  }

  @Override
  public double get(Matrix matrix, int row, int column) {
    return matrix.data[matrix.index(row, column)];
  }

  @Override
  public void set(Matrix matrix, int row, int column, double value) {
    matrix.data[matrix.index(row, column)] = value;
  }
}
