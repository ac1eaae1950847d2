package io.nnem.credit;

import io.nnem.core.Tensors;

/** Refuses input that is not finite. */
final class Finite {

  private Finite() {}

  static <T> void require(Tensors<T> tensors, String what, T matrix) {
    double square = tensors.dot(matrix, matrix);
    if (!Double.isFinite(square)) {
      throw new IllegalArgumentException(
          "The "
              + what
              + " must be finite numbers whose squares can be added up, but their squared length is "
              + square
              + ".");
    }
  }
}
