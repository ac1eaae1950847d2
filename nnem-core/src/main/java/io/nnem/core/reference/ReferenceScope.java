package io.nnem.core.reference;

import io.nnem.core.Scope;
import io.nnem.core.Shapes;

/** Owns matrices whose arrays are the garbage collector's: closing it only makes them unusable. */
final class ReferenceScope implements Scope<Matrix> {

  private boolean closed;

  @Override
  public Matrix zeros(int rows, int columns) {
    if (closed) {
      throw new IllegalStateException("This scope is closed; open a new one to allocate.");
    }
    Shapes.requireSize(rows, columns);
    return new Matrix(this, new double[rows * columns], 0, rows, columns);
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The matrix was released: the scope it came from is closed.");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
