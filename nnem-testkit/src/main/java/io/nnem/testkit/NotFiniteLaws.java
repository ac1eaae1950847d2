package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Loss;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import org.junit.jupiter.api.Test;

/** What {@link TensorsContract} asks where a number is none: it must stay visible. */
abstract class NotFiniteLaws<T> extends ErrorLaws<T> {

  private static final double NAN = Double.NaN;

  private interface Check<T> {
    void run(Tensors<T> tensors, Scope<T> scope);
  }

  private void check(Check<T> check) {
    Tensors<T> tensors = tensors();
    try (Scope<T> scope = tensors.newScope()) {
      check.run(tensors, scope);
    }
  }

  private static <T> T filled(Tensors<T> tensors, Scope<T> scope, int rows, int columns) {
    T matrix = scope.zeros(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        tensors.set(matrix, i, j, 0.25 + (i * 5 + j * 3) % 7 / 10.0);
      }
    }
    return matrix;
  }

  private static <T> void assertRow(Tensors<T> tensors, T matrix, int row, boolean finite) {
    for (int j = 0; j < tensors.columns(matrix); j++) {
      assertThat(Double.isFinite(tensors.get(matrix, row, j)))
          .as("element (%d, %d) is %s; finite", row, j, tensors.get(matrix, row, j))
          .isEqualTo(finite);
    }
  }

  @Test
  final void notFinite_elementsAreKept_byCopiesAndArithmetic() {
    check(
        (tensors, scope) -> {
          T a = filled(tensors, scope, 2, 3);
          T b = filled(tensors, scope, 2, 3);
          tensors.set(a, 0, 1, NAN);
          tensors.set(a, 1, 2, Double.NEGATIVE_INFINITY);
          tensors.copy(a, b);
          assertThat(tensors.get(b, 0, 1)).isNaN();
          assertThat(tensors.get(b, 1, 2)).isEqualTo(Double.NEGATIVE_INFINITY);
          tensors.scale(0.5, b);
          assertThat(tensors.get(b, 0, 1)).isNaN();
          assertThat(tensors.get(b, 1, 2)).isEqualTo(Double.NEGATIVE_INFINITY);
          T c = filled(tensors, scope, 2, 3);
          assertThat(tensors.dot(a, c)).isNaN();
          tensors.addScaled(2, a, c);
          assertThat(tensors.get(c, 0, 1)).isNaN();
          assertThat(tensors.get(c, 1, 2)).isEqualTo(Double.NEGATIVE_INFINITY);
          assertThat(tensors.get(c, 0, 0)).isFinite();
        });
  }

  @Test
  final void notFinite_inputsReachTheOutput_ofEveryActivation() {
    for (Activation activation : Activation.values()) {
      check(
          (tensors, scope) -> {
            T x = filled(tensors, scope, 20, 3);
            T w = filled(tensors, scope, 3, 5);
            T bias = filled(tensors, scope, 1, 5);
            T out = scope.zeros(20, 5);
            tensors.set(x, 7, 1, NAN);
            tensors.affine(x, w, bias, activation, out);
            assertRow(tensors, out, 6, true);
            assertRow(tensors, out, 7, false);
            assertRow(tensors, out, 8, true);
          });
    }
    check(
        (tensors, scope) -> {
          T x = filled(tensors, scope, 2, 3);
          T out = scope.zeros(2, 5);
          tensors.set(x, 1, 1, Double.POSITIVE_INFINITY);
          T w = filled(tensors, scope, 3, 5);
          tensors.affine(x, w, filled(tensors, scope, 1, 5), Activation.RELU, out);
          assertRow(tensors, out, 0, true);
          assertThat(tensors.get(out, 1, 2)).isEqualTo(Double.POSITIVE_INFINITY);
        });
  }

  @Test
  final void notFinite_gradientsReachEveryGradient_ofADenseLayer() {
    for (Activation activation : Activation.values()) {
      check(
          (tensors, scope) -> {
            T x = filled(tensors, scope, 4, 3);
            T w = filled(tensors, scope, 3, 5);
            T out = filled(tensors, scope, 4, 5);
            T d = filled(tensors, scope, 4, 5);
            tensors.set(d, 2, 3, NAN);
            T wGradient = scope.zeros(3, 5);
            T biasGradient = scope.zeros(1, 5);
            T xGradient = scope.zeros(4, 3);
            tensors.affineBackward(x, w, activation, out, d, wGradient, biasGradient, xGradient);
            assertThat(tensors.get(wGradient, 0, 3)).isNaN();
            assertThat(tensors.get(wGradient, 0, 2)).isFinite();
            assertThat(tensors.get(biasGradient, 0, 3)).isNaN();
            assertRow(tensors, xGradient, 1, true);
            assertRow(tensors, xGradient, 2, false);
          });
    }
  }

  /** In double precision nothing is beyond anything here, and what is read is right. */
  @Test
  final void notFinite_lengthsBeyondFloats_areRightOrNaN() {
    for (int b : new int[] {3, 16}) {
      for (double large : new double[] {1e18, 1e20, 3e38}) {
        try (BackendBench<T> bench = new BackendBench<>(tensors(), false, "large")) {
          // The large one is like query 0, unlike the others.
          Twin<T> queries =
              bench.with("queries", b, 2, i -> i == 0 || (i > 1 && i % 2 == 1) ? 1 : 0);
          Twin<T> keys = bench.with("keys", 5, 2, i -> i == 4 ? large : i % 2 == 1 ? 1 : 0);
          Twin<T> values = bench.with("values", 5, 1, i -> i == 2 ? 1 : 0);
          Twin<T> out = bench.zeros("output", b, 1);
          int[] rows = new int[b * 5];
          float[] similarities = new float[b * 5];
          bench.mine.nearest(queries.mine(), keys.mine(), 5, rows, similarities);
          if (similarities[0] == 1f) {
            assertThat(rows[0]).isEqualTo(2);
          } else {
            assertThat(similarities[4]).as("the similarity that is not known").isNaN();
            assertThat(rows[4]).isEqualTo(2);
          }
          for (Addressing addressing : ReadingLaws.ADDRESSINGS) {
            bench.mine.read(
                addressing,
                queries.mine(),
                keys.mine(),
                values.mine(),
                bench.zeros("summary", b, 2).mine(),
                out.mine());
            bench.reference.read(
                addressing,
                queries.reference(),
                keys.reference(),
                values.reference(),
                bench.zeros("summary", b, 2).reference(),
                out.reference());
            double read = bench.mine.get(out.mine(), 0, 0);
            if (!Double.isNaN(read)) {
              bench.assertSame(out, bench.tolerance(5));
            }
          }
        }
      }
    }
  }

  @Test
  final void notFinite_queriesKeysAndValuesReachTheReading() {
    for (Addressing addressing : ReadingLaws.ADDRESSINGS) {
      for (double bad : new double[] {NAN, Double.POSITIVE_INFINITY}) {
        check(
            (tensors, scope) -> {
              T queries = filled(tensors, scope, 3, 4);
              T keys = filled(tensors, scope, 6, 4);
              T values = filled(tensors, scope, 6, 2);
              T out = scope.zeros(3, 2);
              T summary = scope.zeros(3, 2);
              tensors.set(queries, 1, 2, bad);
              tensors.read(addressing, queries, keys, values, summary, out);
              assertRow(tensors, out, 0, true);
              assertRow(tensors, out, 1, false);
              assertRow(tensors, out, 2, true);
              tensors.set(queries, 1, 2, 1);
              tensors.set(keys, 4, 0, bad);
              tensors.read(addressing, queries, keys, values, summary, out);
              assertRow(tensors, out, 0, false);
              assertRow(tensors, out, 2, false);
              tensors.set(keys, 4, 0, 1);
              tensors.set(values, 4, 1, bad);
              tensors.read(addressing, queries, keys, values, summary, out);
              assertThat(tensors.get(out, 0, 0)).isFinite();
              assertThat(Double.isFinite(tensors.get(out, 0, 1))).isFalse();
            });
      }
    }
  }

  @Test
  final void notFinite_gradientsReachTheKeysAndQueries() {
    for (Addressing addressing : ReadingLaws.ADDRESSINGS) {
      check(
          (tensors, scope) -> {
            T queries = filled(tensors, scope, 3, 4);
            T keys = filled(tensors, scope, 6, 4);
            T values = filled(tensors, scope, 6, 2);
            T out = scope.zeros(3, 2);
            T summary = scope.zeros(3, 2);
            tensors.read(addressing, queries, keys, values, summary, out);
            T gradient = filled(tensors, scope, 3, 2);
            tensors.set(gradient, 1, 0, NAN);
            T keyGradient = scope.zeros(6, 4);
            T queryGradient = scope.zeros(3, 4);
            tensors.readBackward(
                addressing,
                queries,
                keys,
                values,
                summary,
                out,
                gradient,
                keyGradient,
                scope.zeros(6, 1),
                queryGradient);
            assertRow(tensors, keyGradient, 5, false);
            assertRow(tensors, queryGradient, 0, true);
            assertRow(tensors, queryGradient, 1, false);
          });
    }
  }

  @Test
  final void notFinite_predictionsReachEveryLoss() {
    for (Loss loss : Loss.values()) {
      for (double target : new double[] {0, 1}) {
        check(
            (tensors, scope) -> {
              T predicted = filled(tensors, scope, 4, 3);
              T targets = scope.zeros(4, 3);
              T gradient = scope.zeros(4, 3);
              tensors.fill(target, targets);
              tensors.set(predicted, 2, 1, NAN);
              assertThat(tensors.loss(loss, predicted, targets, gradient))
                  .as("%s of NaN against %s", loss, target)
                  .isNaN();
              assertThat(tensors.get(gradient, 2, 1)).as("gradient of %s", loss).isNaN();
              assertRow(tensors, gradient, 1, true);
            });
      }
    }
  }

  @Test
  final void notFinite_gradientsReachTheParameter() {
    check(
        (tensors, scope) -> {
          T parameter = filled(tensors, scope, 2, 3);
          T gradient = filled(tensors, scope, 2, 3);
          tensors.set(gradient, 1, 2, NAN);
          tensors.adam(0.1, 1, gradient, scope.zeros(2, 3), scope.zeros(2, 3), parameter);
          assertRow(tensors, parameter, 0, true);
          assertThat(tensors.get(parameter, 1, 2)).isNaN();
        });
  }
}
