package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.ForwardPass;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Parameter;
import io.nnem.core.Tensors;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every embedder must do: embed alike with and without a pass, send gradients back through
 * fresh and retained passes alike, and change its parameters in {@code update} alone.
 *
 * @param <T> the matrix type of the back end that it is tested on
 */
public abstract class EmbedderContract<T> {

  private static final int ROWS = 9;

  private Matrices<T> matrices;
  private Embedder<T> embedder;
  private T observations;

  /** For subclasses. */
  protected EmbedderContract() {}

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
   * An observation size that it can take.
   *
   * @return 7 unless overridden
   */
  protected int observationSize() {
    return 7;
  }

  /**
   * Settings of its own.
   *
   * @return none unless overridden
   */
  protected Options options() {
    return Options.none();
  }

  private Embedder<T> embedder(long seed) {
    return provider()
        .create(
            new EmbedderContext<>(
                matrices.tensors,
                observationSize(),
                5,
                List.of(6),
                OptimiserSettings.adam(0.01),
                seed,
                options()));
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

  private double[] gradients() {
    return Matrices.gradients(matrices.tensors, embedder.parameters());
  }

  private double[] parameters() {
    return Matrices.values(matrices.tensors, embedder.parameters());
  }

  private double tolerance(double[] expected) {
    double unit = matrices.tensors.elementBytes() == Double.BYTES ? 1e-12 : 1e-5;
    return unit * Math.max(Matrices.largest(expected), 1e-30);
  }

  private void assertClose(String what, double[] actual, double[] expected) {
    assertThat(actual).as(what).containsExactly(expected, within(tolerance(expected)));
  }

  @Test
  final void law7_hasAName() {
    assertThat(provider().name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  }

  @Test
  final void hasTheSizesThatItWasAskedFor() {
    assertThat(embedder.observationSize()).isEqualTo(observationSize());
    assertThat(embedder.embeddingSize()).isEqualTo(5);
    assertThat(embedder.version()).isZero();
  }

  @Test
  final void law5_theSameSeedGivesTheSameBits_andAnotherOthers() {
    T out = matrices.zeros(ROWS, 5);
    embedder.embed(observations, out);
    double[] first = matrices.elements(out);
    try (Embedder<T> again = embedder(TestSeed.get());
        Embedder<T> other = embedder(TestSeed.get() + 1)) {
      again.embed(observations, out);
      assertThat(matrices.elements(out)).isEqualTo(first);
      other.embed(observations, out);
      assertThat(matrices.elements(out)).isNotEqualTo(first);
    }
  }

  @Test
  final void embed_isForward_howeverManyRows() {
    try (ForwardPass<T> pass = embedder.newPass(2100)) {
      for (int rows : new int[] {1, 13, 2100, 207}) {
        T many = matrices.random(rows, observationSize(), 0, 1);
        T out = matrices.zeros(rows, 5);
        embedder.embed(many, out);
        T forward = embedder.forward(many, pass);
        assertThat(pass.rows()).isEqualTo(rows);
        assertThat(pass.capacity()).isEqualTo(2100);
        assertThat(matrices.elements(pass.output())).isEqualTo(matrices.elements(forward));
        assertClose("embed of " + rows, matrices.elements(out), matrices.elements(forward));
      }
    }
  }

  @Test
  final void shapes_areChecked() {
    T narrow = matrices.zeros(2, observationSize() - 1);
    T out = matrices.zeros(2, 5);
    assertThatIllegalArgumentException().isThrownBy(() -> embedder.embed(narrow, out));
    T two = matrices.zeros(2, observationSize());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> embedder.embed(two, matrices.zeros(3, 5)));
    try (ForwardPass<T> pass = embedder.newPass(1)) {
      assertThatIllegalArgumentException().isThrownBy(() -> embedder.forward(two, pass));
      assertThatIllegalArgumentException().isThrownBy(() -> embedder.forward(narrow, pass));
    }
  }

  @Test
  final void aPassOfAnotherEmbedder_isRefused() {
    try (Embedder<T> other = embedder(TestSeed.get());
        ForwardPass<T> theirs = other.newPass(ROWS);
        ForwardPass<T> ours = embedder.newPass(ROWS)) {
      other.forward(observations, theirs);
      assertThatIllegalArgumentException().isThrownBy(() -> embedder.forward(observations, theirs));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ours.scatterFrom(theirs, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8}));
      assertThatIllegalArgumentException().isThrownBy(() -> ours.gatherFrom(theirs, new int[] {0}));
    }
  }

  @Test
  final void law1_backward_agreesWithFiniteDifferences() {
    assumeTrue(learns(), "the embedder does not learn");
    assumeTrue(
        matrices.tensors.elementBytes() == Double.BYTES,
        "finite differences need a back end in double precision");
    T coefficients = matrices.random(ROWS, 5, -1, 1);
    T out = matrices.zeros(ROWS, 5);
    try (ForwardPass<T> pass = embedder.newPass(ROWS)) {
      embedder.forward(observations, pass);
      embedder.backward(pass, coefficients);
    }
    for (Parameter<T> parameter : embedder.parameters()) {
      Differences.assertGradient(
          matrices.tensors,
          parameter.name(),
          parameter.value(),
          parameter.gradient(),
          () -> {
            embedder.embed(observations, out);
            return matrices.tensors.dot(out, coefficients);
          });
    }
  }

  @Test
  final void backward_accumulates_andLeavesTheGradientItWasGiven() {
    assumeTrue(learns(), "the embedder does not learn");
    double[] parameters = parameters();
    T gradient = matrices.random(ROWS, 5, -1, 1);
    double[] given = matrices.elements(gradient);
    try (ForwardPass<T> pass = embedder.newPass(ROWS)) {
      embedder.forward(observations, pass);
      embedder.backward(pass, gradient);
      double[] once = gradients();
      assertThat(Matrices.largest(once)).isPositive();
      embedder.backward(pass, gradient);
      double[] twice = gradients();
      for (int i = 0; i < once.length; i++) {
        once[i] *= 2;
      }
      assertClose("gradient of two ways back", twice, once);
    }
    assertThat(matrices.elements(gradient)).as("the gradient that was given").isEqualTo(given);
    assertThat(parameters()).as("parameters before any update").isEqualTo(parameters);
    embedder.clearGradients();
    assertThat(gradients()).containsOnly(0);
  }

  @Test
  final void retainedPasses_giveTheSameGradients() {
    assumeTrue(learns(), "the embedder does not learn");
    T gradient = matrices.random(ROWS, 5, -1, 1);
    int[] order = {3, 11, 0, 7, 4, 8, 1, 10, 6};
    try (ForwardPass<T> pass = embedder.newPass(ROWS);
        ForwardPass<T> retained = embedder.newPass(12);
        ForwardPass<T> part = embedder.newPass(10)) {
      embedder.forward(observations, pass);
      embedder.backward(pass, gradient);
      double[] expected = gradients();
      double[] embeddings = matrices.elements(pass.output());
      embedder.clearGradients();

      retained.scatterFrom(pass, order);
      assertThat(retained.rows()).isEqualTo(12);
      // The observations and the first pass are used again for something else.
      matrices.tensors.fill(0.5, observations);
      embedder.forward(observations, pass);
      part.gatherFrom(retained, order);
      assertThat(part.rows()).isEqualTo(ROWS);
      assertThat(matrices.elements(part.output())).isEqualTo(embeddings);
      embedder.backward(part, gradient);
      assertClose("gathered", gradients(), expected);
      embedder.clearGradients();

      T spread = matrices.zeros(12, 5);
      matrices.tensors.scatterRows(gradient, order, spread);
      embedder.backward(retained, spread);
      assertClose("scattered", gradients(), expected);
      long bytes = retained.retainedBytes();
      assertThat(bytes).isPositive();
      retained.scatterFrom(part, order);
      assertThat(retained.retainedBytes()).isEqualTo(bytes);
    }
  }

  @Test
  final void rowsOutsideAPass_areRefused() {
    try (ForwardPass<T> pass = embedder.newPass(ROWS);
        ForwardPass<T> small = embedder.newPass(2)) {
      embedder.forward(observations, pass);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> small.scatterFrom(pass, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8}));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> small.gatherFrom(pass, new int[] {0, 1, 2}));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> small.gatherFrom(pass, new int[] {ROWS}));
    }
  }

  @Test
  final void update_appliesAndClears_andCounts() {
    double[] before = parameters();
    if (learns()) {
      try (ForwardPass<T> pass = embedder.newPass(ROWS)) {
        embedder.forward(observations, pass);
        embedder.backward(pass, matrices.random(ROWS, 5, -1, 1));
      }
      embedder.update();
      assertThat(parameters()).isNotEqualTo(before);
      assertThat(gradients()).containsOnly(0);
    } else {
      embedder.update();
      assertThat(parameters()).isEqualTo(before);
    }
    assertThat(embedder.version()).isEqualTo(1);
    embedder.update();
    assertThat(embedder.version()).isEqualTo(2);
  }
}
