package io.nnem.testkit;

import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.ForwardPass;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Tensors;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What an author says of an embedder, and what the laws are tried on. */
abstract class EmbedderClaims<T> {

  static final int ROWS = 9;

  Matrices<T> matrices;
  Embedder<T> embedder;
  T observations;

  /**
   * The back end to test on.
   *
   * @return any; with the reference, gradients are held against finite differences
   */
  protected abstract Tensors<T> tensors();

  /**
   * The embedder's provider.
   *
   * @return the provider under test
   */
  protected abstract EmbedderProvider provider();

  /**
   * Whether it has parameters that learn.
   *
   * @return true unless overridden; laws about gradients are skipped where it is false
   */
  protected boolean learns() {
    return true;
  }

  /**
   * Whether what it does is drawn from the seed.
   *
   * @return true unless overridden
   */
  protected boolean isDrawn() {
    return true;
  }

  /**
   * Observations that it can take.
   *
   * @return 7 floats that are no image, unless overridden
   */
  protected RowShape observation() {
    return RowShape.flat(7);
  }

  final int observationSize() {
    return observation().size();
  }

  /**
   * Settings of its own.
   *
   * @return none unless overridden
   */
  protected Options optionValues() {
    return Options.none();
  }

  final Embedder<T> embedder(long seed) {
    return provider()
        .create(
            new EmbedderContext<>(
                matrices.tensors,
                observation(),
                5,
                List.of(6),
                OptimiserSettings.adam(0.01),
                seed,
                optionValues()));
  }

  @BeforeEach
  final void open() {
    matrices = new Matrices<>(tensors(), "embedder");
    embedder = embedder(TestSeed.get());
    observations = matrices.random(ROWS, observationSize(), 0, 1);
  }

  @AfterEach
  final void close() {
    embedder.close();
    matrices.close();
  }

  final double[] gradients() {
    return Matrices.gradients(matrices.tensors, embedder.parameters());
  }

  final double[] parameters() {
    return Matrices.values(matrices.tensors, embedder.parameters());
  }

  private double tolerance(double[] expected) {
    double unit = matrices.tensors.elementBytes() == Double.BYTES ? 1e-12 : 1e-5;
    return unit * Math.max(Matrices.largest(expected), 1e-30);
  }

  final void assertClose(String what, double[] actual, double[] expected) {
    Comparisons.assertClose(what, actual, expected, tolerance(expected));
  }

  /** One way forward and back, with a gradient that is drawn. */
  final void goBack() {
    try (ForwardPass<T> pass = embedder.newPass(ROWS)) {
      embedder.forward(observations, pass);
      embedder.backward(pass, matrices.random(ROWS, 5, -1, 1));
    }
  }
}
