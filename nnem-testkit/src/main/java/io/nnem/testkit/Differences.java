package io.nnem.testkit;

import io.nnem.core.Tensors;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** Central finite differences, for back ends in double precision. */
final class Differences {

  private static final double STEP = 1e-6;

  /** What the rounding of a function of order one makes of it. */
  private static final double ROUNDING = 8 * Math.ulp(1.0) / STEP;

  private Differences() {}

  /**
   * Holds a gradient against the slope of a function, element by element, to 1e-6 of the largest
   * one. The function is of order one.
   */
  static <T> void assertGradient(
      Tensors<T> tensors, String name, T variable, T gradient, DoubleSupplier function) {
    int rows = tensors.rows(variable);
    int columns = tensors.columns(variable);
    double[][] slopes = new double[rows][columns];
    double largest = 0;
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double element = tensors.get(variable, i, j);
        tensors.set(variable, i, j, element + STEP);
        double above = function.getAsDouble();
        tensors.set(variable, i, j, element - STEP);
        double below = function.getAsDouble();
        tensors.set(variable, i, j, element);
        slopes[i][j] = (above - below) / (2 * STEP);
        largest = Math.max(largest, Math.abs(slopes[i][j]));
      }
    }
    if (largest < 100 * ROUNDING) {
      throw new AssertionError(name + ": the function does not depend on it, nothing is tested");
    }
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double actual = tensors.get(gradient, i, j);
        if (!(Math.abs(actual - slopes[i][j]) <= 1e-6 * largest + ROUNDING)) {
          throw new AssertionError(
              String.format(
                  Locale.ROOT,
                  "law 1: the gradient of %s at (%d, %d) is %s, but finite differences give %s;"
                      + " with seed %d",
                  name,
                  i,
                  j,
                  actual,
                  slopes[i][j],
                  TestSeed.get()));
        }
      }
    }
  }
}
