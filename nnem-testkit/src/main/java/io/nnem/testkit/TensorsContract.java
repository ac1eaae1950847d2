package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnem.core.Activation;
import io.nnem.core.Addressing;
import io.nnem.core.Loss;
import java.util.function.DoubleSupplier;

/**
 * What every back end must do: agree with the reference at awkward sizes (to a tolerance that grows
 * with the size and fits the element's bytes), write through views and nowhere else, refuse shapes
 * in the words of {@link io.nnem.core.Shapes}, let no NaN vanish, and, where it computes in double
 * precision, agree with finite differences.
 *
 * <pre>{@code
 * class MyTensorsTest extends TensorsContract<MyMatrix> {
 *   @Override
 *   protected Tensors<MyMatrix> tensors() {
 *     return new MyTensors();
 *   }
 * }
 * }</pre>
 *
 * @param <T> the back end's matrix type
 */
public abstract class TensorsContract<T> extends CallerLaws<T> {

  /** For subclasses. */
  protected TensorsContract() {}

  private BackendBench<T> doubles(String purpose) {
    assumeTrue(
        tensors().elementBytes() == Double.BYTES,
        "finite differences need double precision; floats are held against the reference instead");
    return new BackendBench<>(tensors(), false, purpose);
  }

  @Law(number = 1, holds = "weights, bias and input of a dense layer, each activation")
  final void affineBackward_agreesWithFiniteDifferences() {
    for (Activation activation : Activation.values()) {
      try (BackendBench<T> bench = doubles("differences of " + activation)) {
        affine(bench, activation);
      }
    }
  }

  private void affine(BackendBench<T> bench, Activation activation) {
    T x = bench.random("x", 6, 4, 0.2, 1).mine();
    // Columns of one sign keep every sum away from the kink of ReLU.
    T w = bench.with("w", 4, 3, i -> (i % 3 == 1 ? -1 : 1) * (0.1 + i % 5 / 10.0)).mine();
    T bias = bench.with("bias", 1, 3, i -> i == 1 ? -0.1 : 0.1).mine();
    T out = bench.zeros("output", 6, 3).mine();
    T coefficients = bench.random("coefficients", 6, 3, -1, 1).mine();
    DoubleSupplier function =
        () -> {
          bench.mine.affine(x, w, bias, activation, out);
          return bench.mine.dot(out, coefficients);
        };
    assertThat(function.getAsDouble()).isFinite();
    T outGradient = bench.zeros("outGradient", 6, 3).mine();
    bench.mine.copy(coefficients, outGradient);
    T wGradient = bench.zeros("wGradient", 4, 3).mine();
    T biasGradient = bench.zeros("biasGradient", 1, 3).mine();
    T xGradient = bench.zeros("xGradient", 6, 4).mine();
    bench.mine.affineBackward(
        x, w, activation, out, outGradient, wGradient, biasGradient, xGradient);
    Differences.assertGradient(bench.mine, activation + " weights", w, wGradient, function);
    Differences.assertGradient(bench.mine, activation + " bias", bias, biasGradient, function);
    Differences.assertGradient(bench.mine, activation + " input", x, xGradient, function);
  }

  @Law(number = 1, holds = "keys and queries of a reading, each way of addressing")
  final void readBackward_agreesWithFiniteDifferences() {
    for (Addressing addressing : ADDRESSINGS) {
      try (BackendBench<T> bench = doubles("differences of reading")) {
        read(bench, addressing);
      }
    }
  }

  private void read(BackendBench<T> bench, Addressing addressing) {
    T queries = bench.random("queries", 3, 4, -1, 1).mine();
    T keys = bench.random("keys", 7, 4, -1, 1).mine();
    T values = bench.random("values", 7, 2, -1, 1).mine();
    T summary = bench.zeros("summary", 3, 2).mine();
    T keyWeights = bench.zeros("keyWeights", 7, 1).mine();
    T out = bench.zeros("output", 3, 2).mine();
    T coefficients = bench.random("coefficients", 3, 2, -1, 1).mine();
    DoubleSupplier function =
        () -> {
          bench.mine.read(addressing, queries, keys, values, summary, out);
          return bench.mine.dot(out, coefficients);
        };
    assertThat(function.getAsDouble()).isFinite();
    T keyGradient = bench.zeros("keyGradient", 7, 4).mine();
    T queryGradient = bench.zeros("queryGradient", 3, 4).mine();
    bench.mine.readBackward(
        addressing,
        queries,
        keys,
        values,
        summary,
        out,
        coefficients,
        keyGradient,
        keyWeights,
        queryGradient);
    Differences.assertGradient(bench.mine, "keys, " + addressing, keys, keyGradient, function);
    Differences.assertGradient(
        bench.mine, "queries, " + addressing, queries, queryGradient, function);
  }

  @Law(number = 1, holds = "predictions of each loss")
  final void losses_agreeWithFiniteDifferences() {
    for (Loss loss : Loss.values()) {
      try (BackendBench<T> bench = doubles("differences of " + loss)) {
        T predicted = bench.random("predictions", 5, 3, 0.2, 0.8).mine();
        T targets = bench.random("targets", 5, 3, 0, 1).mine();
        T gradient = bench.zeros("gradient", 5, 3).mine();
        T scratch = bench.zeros("scratch", 5, 3).mine();
        bench.mine.loss(loss, predicted, targets, gradient);
        Differences.assertGradient(
            bench.mine,
            loss + "'s predictions",
            predicted,
            gradient,
            () -> bench.mine.loss(loss, predicted, targets, scratch));
      }
    }
  }
}
