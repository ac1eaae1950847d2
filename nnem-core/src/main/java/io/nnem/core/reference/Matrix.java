package io.nnem.core.reference;

import io.nnem.core.Shapes;

/** A row-major matrix of doubles, or a range of rows of one. */
public final class Matrix {

  final ReferenceScope scope;
  final double[] data;
  final int offset;
  final int rows;
  final int columns;

  Matrix(ReferenceScope scope, double[] data, int offset, int rows, int columns) {
    this.scope = scope;
    this.data = data;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
  }

  int index(int row, int column) {
    Shapes.requireElement(row, column, rows, columns);
    scope.requireOpen();
    return offset + row * columns + column;
  }

  @Override
  public String toString() {
    return "Matrix[" + rows + " x " + columns + "]";
  }
}
