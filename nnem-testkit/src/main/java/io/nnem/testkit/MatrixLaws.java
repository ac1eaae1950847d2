package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Loss;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link TensorsContract} asks of storage, copies and element-wise arithmetic. */
abstract class MatrixLaws<T> {

  /**
   * The back end under test.
   *
   * @return any number of calls may give one object or several
   */
  protected abstract Tensors<T> tensors();

  /**
   * Whether a matrix of a closed scope is refused.
   *
   * @return true, unless overridden for a matrix type that cannot know of its scope, such as {@code
   *     float[][]}
   */
  protected boolean refusesReleasedMatrices() {
    return true;
  }

  @Test
  final void describesItself() {
    assertThat(tensors().description()).isNotBlank().doesNotContain("\n");
    assertThat(tensors().elementBytes()).isIn(Float.BYTES, Double.BYTES);
  }

  @Test
  final void scope_allocatesZeros() {
    try (Scope<T> scope = tensors().newScope()) {
      T matrix = scope.zeros(13, 207);
      assertThat(tensors().rows(matrix)).isEqualTo(13);
      assertThat(tensors().columns(matrix)).isEqualTo(207);
      assertThat(tensors().dot(matrix, matrix)).isZero();
    }
  }

  @Test
  final void scope_canBeClosedTwice_andThenAllocatesNothing() {
    Scope<T> scope = tensors().newScope();
    scope.zeros(3, 2);
    scope.close();
    assertThatCode(scope::close).doesNotThrowAnyException();
    assertThatIllegalStateException()
        .isThrownBy(() -> scope.zeros(1, 1))
        .withMessage("This scope is closed; open a new one to allocate.");
  }

  @Test
  final void scope_whenClosed_leavesMatricesThatAreRefused() {
    assumeTrue(refusesReleasedMatrices(), "matrices of this type do not know of their scope");
    Tensors<T> tensors = tensors();
    try (Scope<T> open = tensors.newScope()) {
      T kept = open.zeros(4, 3);
      Scope<T> scope = tensors.newScope();
      T gone = scope.zeros(4, 3);
      T view = tensors.rowRange(gone, 1, 3);
      scope.close();
      for (T matrix : List.of(gone, view)) {
        refused(() -> tensors.get(matrix, 0, 0));
        refused(() -> tensors.set(matrix, 0, 0, 1));
        refused(() -> tensors.fill(1, matrix));
        refused(() -> tensors.scale(2, matrix));
        refused(() -> tensors.copyIn(new float[12], matrix));
        refused(() -> tensors.copyOut(matrix, new double[12]));
        refused(() -> tensors.dot(matrix, matrix));
        refused(() -> tensors.rowRange(matrix, 0, 1));
        refused(() -> tensors.argMaxRows(matrix, new int[4]));
        refused(() -> tensors.gatherRows(matrix, new int[] {0, 1, 1, 0}, kept));
        refused(() -> tensors.nearest(kept, matrix, 1, new int[4], new float[4]));
      }
      refused(() -> tensors.copy(kept, gone));
      refused(() -> tensors.loss(Loss.SQUARED_ERROR, kept, gone, kept));
      T w = open.zeros(3, 3);
      T bias = open.zeros(1, 3);
      refused(() -> tensors.affine(gone, w, bias, Activation.RELU, kept));
      refused(() -> tensors.affine(kept, w, bias, Activation.RELU, gone));
      T summary = open.zeros(4, 2);
      refused(() -> tensors.read(Addressing.sum(), kept, kept, gone, summary, kept));
    }
  }

  private static void refused(ThrowingCallable call) {
    assertThatIllegalStateException()
        .isThrownBy(call)
        .withMessage("The matrix was released: the scope it came from is closed.");
  }

  @Test
  final void scope_closesItsOwnMatricesOnly() {
    Tensors<T> tensors = tensors();
    try (Scope<T> outer = tensors.newScope()) {
      T kept = outer.zeros(1, 2);
      tensors.fill(3, kept);
      try (Scope<T> inner = tensors.newScope()) {
        tensors.fill(4, inner.zeros(1, 2));
      }
      assertThat(tensors.get(kept, 0, 1)).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,13", "13,1", "13,207", "207,13", "4098,3"})
  final void copies_areExact(int rows, int columns) {
    for (boolean views : new boolean[] {false, true}) {
      try (BackendBench<T> bench = new BackendBench<>(tensors(), views, "copies")) {
        copies(bench, rows, columns);
        bench.assertBordersUntouched();
      }
    }
  }

  private void copies(BackendBench<T> bench, int rows, int columns) {
    Twin<T> source = bench.random("source", rows, columns, -1, 1);
    bench.assertExactlySame(source);
    for (int row : new int[] {0, rows / 2, rows - 1}) {
      assertThat(bench.mine.get(source.mine(), row, columns / 2))
          .isEqualTo(bench.reference.get(source.reference(), row, columns / 2));
    }
    float[] elements = new float[rows * columns + 1];
    elements[rows * columns] = 5;
    bench.mine.copyOut(source.mine(), elements);
    float[] expected = elements.clone();
    bench.reference.copyOut(source.reference(), expected);
    assertThat(elements).as("copied out").isEqualTo(expected);
    double[] doubles = new double[rows * columns + 1];
    doubles[rows * columns] = 5;
    bench.mine.copyOut(source.mine(), doubles);
    for (int i = 0; i < doubles.length; i++) {
      assertThat(doubles[i]).as("copied out as a double").isEqualTo(elements[i]);
      doubles[i] = -doubles[i] / 3;
    }
    bench.mine.copyIn(doubles, source.mine());
    boolean exact = bench.mine.elementBytes() == Double.BYTES;
    double[] back = new double[rows * columns];
    bench.mine.copyOut(source.mine(), back);
    for (int i = 0; i < back.length; i++) {
      assertThat(back[i])
          .as("a double that was copied in")
          .isEqualTo(exact ? doubles[i] : (float) doubles[i]);
    }
    bench.mine.copyIn(elements, source.mine());

    Twin<T> copy = bench.zeros("copy", rows, columns);
    bench.mine.copy(source.mine(), copy.mine());
    bench.reference.copy(source.reference(), copy.reference());
    bench.assertExactlySame(copy);

    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = rows - 1 - i;
    }
    bench.mine.gatherRows(source.mine(), order, copy.mine());
    bench.reference.gatherRows(source.reference(), order, copy.reference());
    bench.assertExactlySame(copy);

    Twin<T> larger = bench.random("larger", rows + 3, columns, -1, 1);
    bench.mine.scatterRows(source.mine(), order, larger.mine());
    bench.reference.scatterRows(source.reference(), order, larger.reference());
    bench.assertExactlySame(larger);

    int[] repeated = {rows - 1, 0, rows - 1};
    Twin<T> three = bench.zeros("three", 3, columns);
    bench.mine.gatherRows(source.mine(), repeated, three.mine());
    bench.reference.gatherRows(source.reference(), repeated, three.reference());
    bench.assertExactlySame(three);

    Twin<T> wider = bench.random("wider", rows, columns + 3, -1, 1);
    bench.mine.copyColumns(source.mine(), 2, wider.mine());
    bench.reference.copyColumns(source.reference(), 2, wider.reference());
    bench.assertExactlySame(wider);
    bench.mine.copyColumns(source.mine(), 0, wider.mine());
    bench.reference.copyColumns(source.reference(), 0, wider.reference());
    bench.assertExactlySame(wider);

    bench.mine.fill(0.375, copy.mine());
    bench.reference.fill(0.375, copy.reference());
    bench.assertExactlySame(copy);
    bench.mine.fill(0, copy.mine());
    bench.reference.fill(0, copy.reference());
    bench.assertExactlySame(copy);
    bench.mine.set(copy.mine(), rows - 1, columns - 1, -2.5);
    bench.reference.set(copy.reference(), rows - 1, columns - 1, -2.5);
    bench.assertExactlySame(copy);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,13", "13,1", "13,207", "207,13", "4098,3"})
  final void arithmetic_agreesWithTheReference(int rows, int columns) {
    for (boolean views : new boolean[] {false, true}) {
      try (BackendBench<T> bench = new BackendBench<>(tensors(), views, "arithmetic")) {
        arithmetic(bench, rows, columns);
        bench.assertBordersUntouched();
      }
    }
  }

  private void arithmetic(BackendBench<T> bench, int rows, int columns) {
    Twin<T> a = bench.random("a", rows, columns, 0.1, 1);
    Twin<T> b = bench.random("b", rows, columns, -1, 1);
    bench.mine.scale(-1.75, a.mine());
    bench.reference.scale(-1.75, a.reference());
    bench.assertSame(a, bench.tolerance(1));
    bench.mine.addScaled(0.3, b.mine(), a.mine());
    bench.reference.addScaled(0.3, b.reference(), a.reference());
    bench.assertSame(a, bench.tolerance(1));
    bench.assertExactlySame(b);

    int count = rows * columns;
    double dot = bench.reference.dot(a.reference(), b.reference());
    assertThat(Math.abs(bench.mine.dot(a.mine(), b.mine()) - dot))
        .as("error of a . b = %s", dot)
        .isLessThanOrEqualTo(bench.tolerance(count) * count);
    double square = bench.reference.dot(b.reference(), b.reference());
    assertThat(Math.abs(bench.mine.dot(b.mine(), b.mine()) - square))
        .as("error of b . b = %s", square)
        .isLessThanOrEqualTo(bench.tolerance(count) * square);

    // Few different elements, so that there are equals to choose the first of.
    Twin<T> steps = bench.with("steps", rows, columns, i -> (i * 7919L) % 5 - 2);
    int[] best = new int[rows];
    int[] expected = new int[rows];
    bench.mine.argMaxRows(steps.mine(), best);
    bench.reference.argMaxRows(steps.reference(), expected);
    assertThat(best).as("columns of the largest elements").isEqualTo(expected);
  }

  @Test
  final void rowRange_sharesItsRows() {
    Tensors<T> tensors = tensors();
    try (Scope<T> scope = tensors.newScope()) {
      T whole = scope.zeros(7, 3);
      T middle = tensors.rowRange(whole, 2, 6);
      T inner = tensors.rowRange(middle, 1, 3);
      tensors.fill(5, inner);
      tensors.set(whole, 4, 2, 6);
      assertThat(tensors.rows(inner)).isEqualTo(2);
      assertThat(tensors.columns(inner)).isEqualTo(3);
      assertThat(tensors.get(whole, 2, 0)).isZero();
      assertThat(tensors.get(whole, 3, 0)).isEqualTo(5);
      assertThat(tensors.get(middle, 2, 1)).isEqualTo(5);
      assertThat(tensors.get(inner, 1, 2)).isEqualTo(6);
      assertThat(tensors.get(whole, 5, 0)).isZero();
      assertThat(tensors.rowRange(whole, 0, 7)).as("the whole range").isSameAs(whole);
      assertThat(tensors.rowRange(inner, 0, 2)).as("the whole range").isSameAs(inner);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "13,207", "4098,3"})
  final void adam_agreesWithTheReference(int rows, int columns) {
    for (boolean views : new boolean[] {false, true}) {
      try (BackendBench<T> bench = new BackendBench<>(tensors(), views, "adam")) {
        Twin<T> p = bench.random("parameter", rows, columns, -1, 1);
        Twin<T> m = bench.zeros("first moment", rows, columns);
        Twin<T> v = bench.zeros("second moment", rows, columns);
        for (int step : new int[] {1, 2, 3, 1000}) {
          Twin<T> g = bench.random("gradient", rows, columns, -2, 2);
          bench.mine.adam(0.01, step, g.mine(), m.mine(), v.mine(), p.mine());
          bench.reference.adam(
              0.01, step, g.reference(), m.reference(), v.reference(), p.reference());
          bench.assertSame(p, bench.tolerance(1));
          bench.assertSame(m, bench.tolerance(1));
          bench.assertSame(v, bench.tolerance(1));
          bench.assertExactlySame(g);
        }
        bench.assertBordersUntouched();
      }
    }
  }
}
