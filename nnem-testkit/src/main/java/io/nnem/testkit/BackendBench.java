package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * A back end beside the reference: makes the same matrices on both, compares them, and sees that
 * nothing outside them was written to.
 */
final class BackendBench<T> implements AutoCloseable {

  /** Rows around a view, which nobody may touch. */
  private static final int BORDER = 2;

  private static final double UNTOUCHED = 77;

  private record Framed<T>(String name, T whole) {}

  final Tensors<T> mine;
  final ReferenceTensors reference = new ReferenceTensors();
  private final Scope<T> scope;
  private final Scope<Matrix> referenceScope = reference.newScope();
  private final boolean views;
  private final SplittableRandom random;
  private final List<Framed<T>> framed = new ArrayList<>();

  /** With {@code views}, every matrix is a range of rows of a larger one. */
  BackendBench(Tensors<T> mine, boolean views, String purpose) {
    this.mine = mine;
    this.views = views;
    this.scope = mine.newScope();
    this.random = TestSeed.random(purpose);
  }

  Twin<T> zeros(String name, int rows, int columns) {
    return with(name, rows, columns, i -> 0);
  }

  /** Elements that a float holds exactly, so that both back ends start from the same ones. */
  Twin<T> random(String name, int rows, int columns, double low, double high) {
    return with(name, rows, columns, i -> (float) random.nextDouble(low, high));
  }

  Twin<T> with(String name, int rows, int columns, IntToDoubleFunction elements) {
    T matrix = allocate(name, rows, columns);
    Matrix twin = referenceScope.zeros(rows, columns);
    float[] floats = new float[rows * columns];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) elements.applyAsDouble(i);
    }
    mine.copyIn(floats, matrix);
    reference.copyIn(floats, twin);
    return new Twin<>(name, matrix, twin);
  }

  private T allocate(String name, int rows, int columns) {
    if (!views) {
      return scope.zeros(rows, columns);
    }
    T whole = scope.zeros(rows + 2 * BORDER, columns);
    mine.fill(UNTOUCHED, whole);
    framed.add(new Framed<>(name, whole));
    return mine.rowRange(whole, BORDER, BORDER + rows);
  }

  /**
   * Largest error that rounding may make in a sum of {@code terms}, as a part of the largest
   * element.
   */
  double tolerance(int terms) {
    return (mine.elementBytes() == Double.BYTES ? 1e-13 : 4e-6) * Math.sqrt(terms + 16.0);
  }

  void assertSame(Twin<T> twin, double tolerance) {
    int rows = reference.rows(twin.reference());
    int columns = reference.columns(twin.reference());
    assertThat(mine.rows(twin.mine())).as("rows of %s", twin.name()).isEqualTo(rows);
    assertThat(mine.columns(twin.mine())).as("columns of %s", twin.name()).isEqualTo(columns);
    double[] all = Matrices.elements(mine, twin.mine());
    double largest = largest(twin.reference());
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double expected = reference.get(twin.reference(), i, j);
        double actual = all[i * columns + j];
        if (!(Math.abs(actual - expected) <= tolerance * largest)) {
          throw new AssertionError(
              String.format(
                  Locale.ROOT,
                  "%s (%d x %d) at (%d, %d) is %s, but the reference has %s; with seed %d",
                  twin.name(),
                  rows,
                  columns,
                  i,
                  j,
                  actual,
                  expected,
                  TestSeed.get()));
        }
      }
    }
  }

  private double largest(Matrix matrix) {
    double largest = Double.MIN_NORMAL;
    for (int i = 0; i < reference.rows(matrix); i++) {
      for (int j = 0; j < reference.columns(matrix); j++) {
        largest = Math.max(largest, Math.abs(reference.get(matrix, i, j)));
      }
    }
    return largest;
  }

  void assertExactlySame(Twin<T> twin) {
    assertSame(twin, 0);
  }

  /** Fails if an operation wrote outside the range of rows that it was given. */
  void assertBordersUntouched() {
    for (Framed<T> frame : framed) {
      int rows = mine.rows(frame.whole());
      for (int i = 0; i < 2 * BORDER; i++) {
        int row = i < BORDER ? i : rows - 1 - (i - BORDER);
        for (int j = 0; j < mine.columns(frame.whole()); j++) {
          assertThat(mine.get(frame.whole(), row, j))
              .as("element (%d, %d) outside the view of %s", row, j, frame.name())
              .isEqualTo(UNTOUCHED);
        }
      }
    }
  }

  @Override
  public void close() {
    scope.close();
    referenceScope.close();
  }
}
