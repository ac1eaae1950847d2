package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Activation;
import io.nnem.core.Loss;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@link TensorsContract} asks of dense layers and losses. */
abstract class DenseLaws<T> extends LayerLaws<T> {

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,207,13", "13,207,1", "207,13,13", "13,1,207", "4098,13,3"})
  final void affine_agreesWithTheReference_thereAndBack(int n, int in, int units) {
    for (Activation activation : Activation.values()) {
      for (boolean views : new boolean[] {false, true}) {
        for (boolean withInput : new boolean[] {false, true}) {
          try (BackendBench<T> bench = new BackendBench<>(tensors(), views, "affine")) {
            affine(bench, activation, withInput, n, in, units);
            bench.assertBordersUntouched();
          }
        }
      }
    }
  }

  private void affine(
      BackendBench<T> bench, Activation activation, boolean withInput, int n, int in, int units) {
    Twin<T> x = bench.random("x", n, in, -1, 1);
    Twin<T> w = bench.random("w", in, units, -1, 1);
    Twin<T> bias = bench.random("bias", 1, units, -1, 1);
    Twin<T> out = bench.random(activation + " output", n, units, -9, 9);
    bench.mine.affine(x.mine(), w.mine(), bias.mine(), activation, out.mine());
    bench.reference.affine(
        x.reference(), w.reference(), bias.reference(), activation, out.reference());
    bench.assertSame(out, bench.tolerance(in));

    // One output for both from here on: else a rounding error could switch a unit on or off.
    float[] outputs = new float[n * units];
    bench.reference.copyOut(out.reference(), outputs);
    bench.mine.copyIn(outputs, out.mine());
    bench.reference.copyIn(outputs, out.reference());

    Twin<T> outGradient = bench.random(activation + " d", n, units, -1, 1);
    Twin<T> wGradient = bench.random(activation + " wGradient", in, units, -1, 1);
    Twin<T> biasGradient = bench.random(activation + " biasGradient", 1, units, -1, 1);
    Twin<T> xGradient = bench.random(activation + " xGradient", n, in, -9, 9);
    bench.mine.affineBackward(
        x.mine(),
        w.mine(),
        activation,
        out.mine(),
        outGradient.mine(),
        wGradient.mine(),
        biasGradient.mine(),
        withInput ? xGradient.mine() : null);
    bench.reference.affineBackward(
        x.reference(),
        w.reference(),
        activation,
        out.reference(),
        outGradient.reference(),
        wGradient.reference(),
        biasGradient.reference(),
        withInput ? xGradient.reference() : null);
    bench.assertSame(outGradient, bench.tolerance(1));
    bench.assertSame(wGradient, bench.tolerance(n));
    bench.assertSame(biasGradient, bench.tolerance(n));
    bench.assertSame(xGradient, bench.tolerance(units));
    bench.assertExactlySame(x);
    bench.assertExactlySame(w);
    bench.assertExactlySame(bias);
    bench.assertExactlySame(out);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,13", "13,1", "207,13", "13,207", "4098,3"})
  final void losses_agreeWithTheReference(int n, int m) {
    for (Loss loss : Loss.values()) {
      for (boolean views : new boolean[] {false, true}) {
        try (BackendBench<T> bench = new BackendBench<>(tensors(), views, "losses")) {
          compareLoss(bench, loss, bench.random("targets", n, m, 0, 1), n, m);
          // One-hot targets, all but one of them zero.
          compareLoss(
              bench, loss, bench.with("one-hot", n, m, i -> i % m == i / m % m ? 1 : 0), n, m);
          bench.assertBordersUntouched();
        }
      }
    }
  }

  private void compareLoss(BackendBench<T> bench, Loss loss, Twin<T> target, int n, int m) {
    Twin<T> predicted = bench.random("predictions", n, m, 0.05, 0.95);
    // Where a logarithm would be infinite, too.
    bench.mine.set(predicted.mine(), 0, 0, 0);
    bench.reference.set(predicted.reference(), 0, 0, 0);
    bench.mine.set(predicted.mine(), n - 1, m - 1, 1);
    bench.reference.set(predicted.reference(), n - 1, m - 1, 1);
    Twin<T> gradient = bench.random(loss + " gradient", n, m, -9, 9);
    double expected =
        bench.reference.loss(loss, predicted.reference(), target.reference(), gradient.reference());
    double actual = bench.mine.loss(loss, predicted.mine(), target.mine(), gradient.mine());
    // 1 - 1e-7 is no float: its logarithm, and the slope there, are known to a fifth only.
    double tolerance = bench.tolerance(n * m);
    double margin =
        loss == Loss.BINARY_CROSS_ENTROPY && bench.mine.elementBytes() == Float.BYTES ? 0.3 : 0;
    assertThat(Math.abs(actual - expected))
        .as("error of %s = %s", loss, expected)
        .isLessThanOrEqualTo(tolerance * Math.abs(expected) + margin);
    if (margin == 0) {
      bench.assertSame(gradient, bench.tolerance(1));
    } else {
      bench.mine.set(gradient.mine(), 0, 0, 0);
      bench.reference.set(gradient.reference(), 0, 0, 0);
      bench.mine.set(gradient.mine(), n - 1, m - 1, 0);
      bench.reference.set(gradient.reference(), n - 1, m - 1, 0);
      bench.assertSame(gradient, bench.tolerance(1));
    }
    bench.assertExactlySame(predicted);
    bench.assertExactlySame(target);
  }
}
