package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.Uncertain;
import io.nnem.core.Activation;
import io.nnem.core.Loss;
import io.nnem.core.Parameter;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What every decoder must do: learn to reconstruct, report the gradient of its loss for embeddings
 * when asked, and change its parameters in {@code update} alone.
 *
 * @param <T> the matrix type of the back end that it is tested on
 */
public abstract class DecoderContract<T> extends DecoderStateLaws<T> {

  /** For subclasses. */
  protected DecoderContract() {}

  @Law(number = 7, holds = "a name that can be asked for; options that are set are listed")
  final void hasAName_andOptionsWithNames() {
    Names.check(provider(), optionValues());
  }

  @Test
  final void hasTheSizesThatItWasAskedFor() {
    assertThat(decoder.embeddingSize()).as("embeddingSize()").isEqualTo(EMBEDDING);
    assertThat(decoder.observationSize()).as("observationSize()").isEqualTo(observationSize());
  }

  @Law(number = 5, holds = "new decoders")
  final void theSameSeedGivesTheSameBits_andAnotherOthers() {
    T out = matrices.zeros(ROWS, observationSize());
    decoder.decode(embeddings, out);
    double[] first = matrices.elements(out);
    try (Decoder<T> again = decoder(Loss.SQUARED_ERROR, TestSeed.get());
        Decoder<T> other = decoder(Loss.SQUARED_ERROR, TestSeed.get() + 1)) {
      again.decode(embeddings, out);
      assertThat(matrices.elements(out)).as("decoded with the same seed").isEqualTo(first);
      other.decode(embeddings, out);
      assertThat(matrices.elements(out)).as("decoded with another seed").isNotEqualTo(first);
    }
  }

  @Law(number = 5, holds = "three updates: losses and parameters")
  final void theSameLearningGivesTheSameBits() {
    try (Decoder<T> again = decoder(Loss.SQUARED_ERROR, TestSeed.get())) {
      for (int i = 0; i < 3; i++) {
        double loss = decoder.learn(embeddings, observations, null);
        assertThat(again.learn(embeddings, observations, null))
            .as("loss of update %d, with the same seed", i + 1)
            .isEqualTo(loss);
        decoder.update();
        again.update();
        assertThat(Matrices.values(matrices.tensors, again.parameters()))
            .as("parameters after update %d, with the same seed", i + 1)
            .isEqualTo(parameters());
      }
    }
  }

  /** A key is decoded in other company each time. */
  @Test
  final void whatARowIsDecodedTo_dependsOnThatRowAlone() {
    T together = matrices.random(ROWS, observationSize(), 1, 2); // to be overwritten
    decoder.decode(embeddings, together);
    double[] all = matrices.elements(together);
    T alone = matrices.zeros(1, observationSize());
    for (int row = 0; row < ROWS; row++) {
      decoder.decode(matrices.tensors.rowRange(embeddings, row, row + 1), alone);
      int from = row * observationSize();
      Comparisons.assertClose(
          "row " + row + " decoded alone, as against that within a batch",
          matrices.elements(alone),
          Arrays.copyOfRange(all, from, from + observationSize()),
          unit() * Matrices.largest(all));
    }
  }

  @Test
  final void decode_changesNothing_andFitsAnyNumberOfRows() {
    double[] before = parameters();
    for (int rows : new int[] {1, 13, 2100, 207}) {
      T out = matrices.zeros(rows, observationSize());
      decoder.decode(matrices.random(rows, EMBEDDING, -1, 1), out);
      assertThat(Matrices.largest(matrices.elements(out))).isFinite();
    }
    assertThat(parameters()).as("parameters after decode").isEqualTo(before);
    assertThat(gradients()).as("gradients after decode").containsOnly(0);
  }

  @Law(number = 4, holds = "no parameter, nothing that it was given")
  final void learn_changesNothing_untilUpdate() {
    double[] before = parameters();
    double[] given = matrices.elements(embeddings);
    double[] wanted = matrices.elements(observations);
    for (T gradient : Arrays.asList(null, matrices.zeros(ROWS, EMBEDDING))) {
      assertThat(decoder.learn(embeddings, observations, gradient)).as("loss").isPositive();
      assertThat(parameters()).as("parameters before any update").isEqualTo(before);
      assertThat(matrices.elements(embeddings)).as("the embeddings it was given").isEqualTo(given);
      assertThat(matrices.elements(observations))
          .as("the observations it was given")
          .isEqualTo(wanted);
    }
    assertThat(Matrices.largest(gradients())).as("largest gradient after learn").isPositive();
    decoder.update();
    assertThat(parameters()).as("parameters after an update").isNotEqualTo(before);
    assertThat(gradients()).as("gradients after an update").containsOnly(0);
  }

  @Law(number = 1, holds = "two calls add up")
  final void learn_addsToTheGradients() {
    assumeTrue(repeatable(), "the decoder's loss is not repeatable");
    decoder.learn(embeddings, observations, null);
    double[] once = gradients();
    decoder.learn(embeddings, observations, null);
    for (int i = 0; i < once.length; i++) {
      once[i] *= 2;
    }
    Comparisons.assertClose(
        "gradient after two calls of learn, which must add up",
        gradients(),
        once,
        unit() * Matrices.largest(once));
  }

  @Law(number = 4, holds = "how a failed step is forgotten")
  final void clearGradients_forgetsThemAll_andNothingElse() {
    double[] before = parameters();
    decoder.learn(embeddings, observations, null);
    decoder.clearGradients();
    for (Parameter<T> parameter : decoder.parameters()) {
      assertThat(matrices.elements(parameter.gradient()))
          .as("gradient of %s after clearGradients", parameter.name())
          .containsOnly(0);
    }
    assertThat(parameters()).as("parameters after clearGradients").isEqualTo(before);
  }

  /** Also not in what it draws: a step that failed is forgotten so, and taken again. */
  @Law(number = 4, holds = "a twin that had nothing to forget goes on alike: noise is not drawn on")
  final void whatIsForgotten_leavesNoTrace() {
    try (Decoder<T> twin = decoder(Loss.SQUARED_ERROR, TestSeed.get())) {
      for (int i = 0; i < 3; i++) {
        decoder.learn(embeddings, observations, null);
        decoder.clearGradients();
        assertThat(decoder.learn(embeddings, observations, null))
            .as("loss of step %d, as against a twin that had nothing to forget", i + 1)
            .isEqualTo(twin.learn(embeddings, observations, null));
        decoder.update();
        twin.update();
      }
    }
  }

  @Test
  final void isUncertain_ifItsProviderSaysSo() {
    assertThat(decoder instanceof Uncertain)
        .as("whether the decoder is Uncertain, as isUncertain() of its provider says")
        .isEqualTo(provider().isUncertain());
  }

  @Test
  final void theUncertainty_isANumberForEachRow_thatDependsOnItAlone() {
    assumeTrue(decoder instanceof Uncertain, "the decoder does not say how uncertain it is");
    Uncertain<?> uncertain = (Uncertain<?>) decoder;
    @SuppressWarnings("unchecked") // a decoder of T says so of embeddings that are T
    Uncertain<T> tested = (Uncertain<T>) uncertain;
    double[] before = parameters();
    double[] all = tested.uncertainty(embeddings);
    assertThat(all).as("uncertainty of %d embeddings", ROWS).hasSize(ROWS);
    for (int row = 0; row < ROWS; row++) {
      double[] alone = tested.uncertainty(matrices.tensors.rowRange(embeddings, row, row + 1));
      Comparisons.assertClose(
          "uncertainty of row " + row + " alone, as against that within a batch",
          alone,
          new double[] {all[row]},
          unit() * Matrices.largest(all));
    }
    assertThat(parameters()).as("parameters after uncertainty").isEqualTo(before);
    assertThat(gradients()).as("gradients after uncertainty").containsOnly(0);
  }

  @Test
  final void theGradientOfEmbeddings_isOptional_andChangesNothingElse() {
    assumeTrue(repeatable(), "the decoder's loss is not repeatable");
    double without = decoder.learn(embeddings, observations, null);
    double[] gradients = gradients();
    decoder.clearGradients();
    T embeddingGradient = matrices.zeros(ROWS, EMBEDDING);
    double with = decoder.learn(embeddings, observations, embeddingGradient);
    assertThat(with).as("loss, with the embeddings' gradient asked for").isEqualTo(without);
    assertThat(gradients())
        .as("gradients, with the embeddings' gradient asked for")
        .isEqualTo(gradients);
    assertThat(Matrices.largest(matrices.elements(embeddingGradient)))
        .as("largest gradient of the embeddings")
        .isPositive();
  }

  @Law(
      number = 1,
      holds = "each parameter and the embeddings; a sigmoid with two losses, and a linear output")
  final void learn_agreesWithFiniteDifferences() {
    assumeTrue(repeatable(), "the decoder's loss is not repeatable");
    assumeTrue(
        matrices.tensors.elementBytes() == Double.BYTES,
        "finite differences need a back end in double precision");
    agreesWithFiniteDifferences(Activation.SIGMOID, Loss.SQUARED_ERROR);
    agreesWithFiniteDifferences(Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY);
    agreesWithFiniteDifferences(Activation.LINEAR, Loss.SQUARED_ERROR);
  }

  private void agreesWithFiniteDifferences(Activation output, Loss loss) {
    try (Decoder<T> tested = decoder(output, loss, TestSeed.get())) {
      T embeddingGradient = matrices.random(ROWS, EMBEDDING, 1, 2); // to be overwritten
      tested.learn(embeddings, observations, embeddingGradient);
      Differences.assertGradient(
          matrices.tensors, "embeddings", embeddings, embeddingGradient, () -> lossOf(tested));
      tested.clearGradients();
      tested.learn(embeddings, observations, null);
      // What the differences call adds to the gradients, so they are set aside.
      List<Parameter<T>> parameters = tested.parameters();
      List<T> gradients = parameters.stream().map(p -> matrices.copy(p.gradient())).toList();
      for (int i = 0; i < parameters.size(); i++) {
        Parameter<T> parameter = parameters.get(i);
        T gradient = gradients.get(i);
        Differences.assertGradient(
            matrices.tensors, parameter.name(), parameter.value(), gradient, () -> lossOf(tested));
      }
    }
  }

  private double lossOf(Decoder<T> tested) {
    return tested.learn(embeddings, observations, null);
  }

  @Test
  final void learnsToReconstruct() {
    double first = decoder.learn(embeddings, observations, null);
    decoder.clearGradients();
    for (int i = 0; i < 400; i++) {
      decoder.learn(embeddings, observations, null);
      decoder.update();
    }
    assertThat(decoder.learn(embeddings, observations, null))
        .as("loss after 400 updates on the same %d observations, from %s", ROWS, first)
        .isLessThan(first / 5);
  }

  @Law(number = 4, holds = "shapes that do not fit")
  final void whatIsRefused_changesNothing() {
    double[] before = parameters();
    T fewer = matrices.zeros(ROWS - 1, observationSize());
    refused("fewer observations", () -> decoder.learn(embeddings, fewer, null));
    T narrow = matrices.zeros(ROWS, EMBEDDING - 1);
    refused("embeddings that are too narrow", () -> decoder.learn(narrow, observations, null));
    refused(
        "an embeddings' gradient that is too narrow",
        () -> decoder.learn(embeddings, observations, narrow));
    T fewerEmbeddings = matrices.zeros(ROWS - 1, EMBEDDING);
    refused(
        "an embeddings' gradient with too few rows",
        () -> decoder.learn(embeddings, observations, fewerEmbeddings));
    refused("an output with too few rows", () -> decoder.decode(embeddings, fewer));
    refused("embeddings that are too narrow", () -> decoder.decode(narrow, observations));
    assertThat(parameters()).as("parameters after what was refused").isEqualTo(before);
    assertThat(gradients()).as("gradients after what was refused").containsOnly(0);
  }

  @Law(number = 4, holds = "observations outside [0, 1]")
  final void observationsThatASigmoidCannotReach_areRefused_andChangeNothing() {
    T outside = matrices.copy(observations);
    for (double element : new double[] {-0.5, 1.5}) {
      matrices.tensors.set(outside, ROWS - 1, 2, element);
      refused(
          "an observation of " + element + " by a decoder with a sigmoid output",
          () -> decoder.learn(embeddings, outside, null));
    }
    assertThat(gradients()).as("gradients after what was refused").containsOnly(0);
  }

  /** Their range is anybody's: the mean is far from 0, and larger than 1. */
  @Test
  final void aLinearOutput_learnsAnyObservations() {
    T large = matrices.random(ROWS, observationSize(), 2, 4);
    try (Decoder<T> linear = decoder(Activation.LINEAR, Loss.SQUARED_ERROR, TestSeed.get())) {
      double first = linear.learn(embeddings, large, null);
      linear.clearGradients();
      for (int i = 0; i < 400; i++) {
        linear.learn(embeddings, large, null);
        linear.update();
      }
      assertThat(linear.learn(embeddings, large, null))
          .as("loss of a linear output after 400 updates, from %s", first)
          .isLessThan(first / 5);
    }
  }

  private static void refused(String what, ThrowingCallable call) {
    assertThatThrownBy(call, "refusal of %s", what).isInstanceOf(IllegalArgumentException.class);
  }

  @Law(
      number = 4,
      holds =
          "for an `update` that refuses a gradient which is not finite; skipped if it refuses none")
  final void anUpdateThatThrows_changesNothing() {
    double[] before = parameters();
    decoder.learn(embeddings, observations, null);
    List<Parameter<T>> all = decoder.parameters();
    matrices.tensors.set(all.get(all.size() - 1).gradient(), 0, 0, Double.NaN);
    assumeTrue(
        Refusals.throwsFrom(decoder::update),
        "update refuses nothing: it takes a gradient that is not finite, too");
    assertThat(parameters()).as("parameters after an update that threw").isEqualTo(before);
  }
}
