package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What every embedder must do: embed alike with and without a pass, send gradients back through
 * fresh and retained passes alike, and change its parameters in {@code update} alone.
 *
 * @param <T> the matrix type of the back end that it is tested on
 */
public abstract class EmbedderContract<T> extends PassLaws<T> {

  /** For subclasses. */
  protected EmbedderContract() {}

  @Law(number = 1, holds = "each parameter")
  final void backward_agreesWithFiniteDifferences() {
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

  @Law(number = 1, holds = "two backward passes add up; the gradient passed in stays as it was")
  final void backward_adds_andLeavesTheGradientItWasGiven() {
    assumeTrue(learns(), "the embedder does not learn");
    double[] parameters = parameters();
    T gradient = matrices.random(ROWS, 5, -1, 1);
    double[] given = matrices.elements(gradient);
    try (ForwardPass<T> pass = embedder.newPass(ROWS)) {
      embedder.forward(observations, pass);
      embedder.backward(pass, gradient);
      double[] once = gradients();
      assertThat(Matrices.largest(once)).as("largest gradient of a backward pass").isPositive();
      embedder.backward(pass, gradient);
      double[] twice = gradients();
      for (int i = 0; i < once.length; i++) {
        once[i] *= 2;
      }
      assertClose("gradient after two ways back, which must add up", twice, once);
    }
    assertThat(matrices.elements(gradient)).as("the gradient that was given").isEqualTo(given);
    assertThat(parameters()).as("parameters before any update").isEqualTo(parameters);
  }

  @Law(number = 4, holds = "how a failed step is forgotten")
  final void clearGradients_forgetsThemAll_andNothingElse() {
    assumeTrue(learns(), "the embedder does not learn");
    double[] parameters = parameters();
    goBack();
    embedder.clearGradients();
    for (Parameter<T> parameter : embedder.parameters()) {
      assertThat(matrices.elements(parameter.gradient()))
          .as("gradient of %s after clearGradients", parameter.name())
          .containsOnly(0);
    }
    assertThat(parameters()).as("parameters after clearGradients").isEqualTo(parameters);
    assertThat(embedder.version()).as("version after clearGradients").isZero();
  }

  @Law(number = 4, holds = "shapes that do not fit")
  final void whatIsRefused_changesNothing() {
    goBack();
    double[] parameters = parameters();
    double[] gradients = gradients();
    T narrow = matrices.zeros(2, observationSize() - 1);
    T two = matrices.zeros(2, observationSize());
    refused("observations that are too narrow", () -> embedder.embed(narrow, matrices.zeros(2, 5)));
    refused("an output of another height", () -> embedder.embed(two, matrices.zeros(3, 5)));
    try (ForwardPass<T> small = embedder.newPass(1);
        ForwardPass<T> pass = embedder.newPass(ROWS)) {
      refused("more rows than the pass has room for", () -> embedder.forward(two, small));
      refused("observations that are too narrow", () -> embedder.forward(narrow, pass));
      if (learns()) {
        embedder.forward(observations, pass);
        T fewer = matrices.random(ROWS - 1, 5, -1, 1);
        refused("a gradient with too few rows", () -> embedder.backward(pass, fewer));
        T wide = matrices.random(ROWS, 6, -1, 1);
        refused("a gradient that is too wide", () -> embedder.backward(pass, wide));
      }
    }
    assertThat(parameters()).as("parameters after what was refused").isEqualTo(parameters);
    assertThat(gradients()).as("gradients after what was refused").isEqualTo(gradients);
    assertThat(embedder.version()).as("version after what was refused").isZero();
  }

  private static void refused(String what, ThrowingCallable call) {
    assertThatThrownBy(call, "refusal of %s", what).isInstanceOf(IllegalArgumentException.class);
  }

  @Law(
      number = 4,
      holds =
          "for an `update` that refuses a gradient which is not finite; skipped if it refuses none")
  final void anUpdateThatThrows_changesNothing() {
    assumeTrue(learns(), "the embedder does not learn");
    double[] parameters = parameters();
    goBack();
    List<Parameter<T>> all = embedder.parameters();
    matrices.tensors.set(all.get(all.size() - 1).gradient(), 0, 0, Double.NaN);
    assumeTrue(
        Refusals.throwsFrom(embedder::update),
        "update refuses nothing: it takes a gradient that is not finite, too");
    assertThat(parameters()).as("parameters after an update that threw").isEqualTo(parameters);
    assertThat(embedder.version()).as("version after an update that threw").isZero();
  }

  @Law(number = 5, holds = "new embedders")
  final void theSameSeedGivesTheSameBits_andAnotherOthers() {
    T out = matrices.zeros(ROWS, 5);
    embedder.embed(observations, out);
    double[] first = matrices.elements(out);
    try (Embedder<T> again = embedder(TestSeed.get());
        Embedder<T> other = embedder(TestSeed.get() + 1)) {
      again.embed(observations, out);
      assertThat(matrices.elements(out)).as("embeddings with the same seed").isEqualTo(first);
      if (isDrawn()) {
        other.embed(observations, out);
        assertThat(matrices.elements(out)).as("embeddings with another seed").isNotEqualTo(first);
      }
    }
  }

  @Law(number = 5, holds = "three updates")
  final void theSameGradientsGiveTheSameBits() {
    T gradient = matrices.random(ROWS, 5, -1, 1);
    double[] learned = learned(embedder, gradient);
    try (Embedder<T> again = embedder(TestSeed.get())) {
      assertThat(learned(again, gradient))
          .as("parameters and embeddings after three updates, with the same seed")
          .isEqualTo(learned);
    }
  }

  private double[] learned(Embedder<T> tested, T gradient) {
    T out = matrices.zeros(ROWS, 5);
    try (ForwardPass<T> pass = tested.newPass(ROWS)) {
      for (int i = 0; i < 3; i++) {
        tested.forward(observations, pass);
        tested.backward(pass, gradient);
        tested.update();
      }
    }
    tested.embed(observations, out);
    return DoubleStream.concat(
            Arrays.stream(Matrices.values(matrices.tensors, tested.parameters())),
            Arrays.stream(matrices.elements(out)))
        .toArray();
  }

  @Law(
      number = 5,
      holds = "three updates, then three more by it and by one that took its state over")
  final void anEmbedderThatWasSavedAndLoaded_goesOnWithTheSameBits() {
    T gradient = matrices.random(ROWS, 5, -1, 1);
    learned(embedder, gradient);
    SavedState state = SavedState.of(embedder);
    assertThat(SavedState.of(embedder)).as("saved twice").isEqualTo(state);
    try (Embedder<T> twin = embedder(TestSeed.get() + 1);
        ForwardPass<T> pass = twin.newPass(ROWS)) {
      twin.forward(observations, pass);
      twin.backward(pass, gradient); // gradients that are not to survive
      state.loadInto(twin);
      assertThat(twin.version()).as("version after loading").isEqualTo(embedder.version());
      double[] learned = learned(embedder, gradient);
      assertThat(learned(twin, gradient))
          .as("parameters and embeddings after three updates since loading")
          .isEqualTo(learned);
      assertThat(twin.version()).as("version in the end").isEqualTo(embedder.version());
    }
  }

  @Law(number = 7, holds = "a name that can be asked for; options that are set are listed")
  final void hasAName_andOptionsWithNames() {
    Names.check(provider(), optionValues());
  }

  @Test
  final void hasTheSizesThatItWasAskedFor() {
    assertThat(embedder.observationSize()).as("observationSize()").isEqualTo(observationSize());
    assertThat(embedder.embeddingSize()).as("embeddingSize()").isEqualTo(5);
    assertThat(embedder.version()).as("version() of a new embedder").isZero();
  }

  @Test
  final void update_appliesAndClears_andCounts() {
    double[] before = parameters();
    if (learns()) {
      goBack();
      embedder.update();
      assertThat(parameters()).as("parameters after an update").isNotEqualTo(before);
      assertThat(gradients()).as("gradients after an update").containsOnly(0);
    } else {
      embedder.update();
      assertThat(parameters()).as("parameters after an update").isEqualTo(before);
    }
    assertThat(embedder.version()).as("version() after an update").isEqualTo(1);
    embedder.update();
    assertThat(embedder.version()).as("version() after two updates").isEqualTo(2);
  }
}
