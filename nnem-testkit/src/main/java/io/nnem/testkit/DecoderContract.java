package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Parameter;
import io.nnem.core.Tensors;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every decoder must do: learn to reconstruct, report the gradient of its loss for embeddings
 * when asked, and change its parameters in {@code update} alone.
 *
 * @param <T> the matrix type of the back end that it is tested on
 */
public abstract class DecoderContract<T> {

  private static final int ROWS = 8;
  private static final int EMBEDDING = 4;

  private Matrices<T> matrices;
  private Decoder<T> decoder;
  private T embeddings;
  private T observations;

  /** For subclasses. */
  protected DecoderContract() {}

  /**
   * The back end to test on.
   *
   * @return any; with the reference, gradients are held against finite differences
   */
  protected abstract Tensors<T> tensors();

  /**
   * The decoder's provider.
   *
   * @return the provider under test
   */
  protected abstract DecoderProvider provider();

  /**
   * Whether two calls of {@code learn} without an update give one loss.
   *
   * @return true unless overridden, as by a decoder that draws noise; laws about gradients are
   *     skipped where it is false
   */
  protected boolean repeatable() {
    return true;
  }

  /**
   * An observation size that it can make.
   *
   * @return 9 unless overridden
   */
  protected int observationSize() {
    return 9;
  }

  /**
   * Settings of its own.
   *
   * @return none unless overridden
   */
  protected Options options() {
    return Options.none();
  }

  private Decoder<T> decoder(Loss loss, long seed) {
    return provider()
        .create(
            new DecoderContext<>(
                matrices.tensors,
                EMBEDDING,
                observationSize(),
                List.of(16),
                loss,
                OptimiserSettings.adam(0.02),
                seed,
                options()));
  }

  @BeforeEach
  final void open() {
    matrices = new Matrices<>(tensors(), "decoder");
    decoder = decoder(Loss.SQUARED_ERROR, TestSeed.get());
    embeddings = matrices.random(ROWS, EMBEDDING, -1, 1);
    observations = matrices.random(ROWS, observationSize(), 0.05, 0.95);
  }

  @AfterEach
  final void close() {
    decoder.close();
    matrices.close();
  }

  private double[] parameters() {
    return Matrices.values(matrices.tensors, decoder.parameters());
  }

  private double[] gradients() {
    return Matrices.gradients(matrices.tensors, decoder.parameters());
  }

  @Test
  final void law7_hasAName() {
    assertThat(provider().name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  }

  @Test
  final void hasTheSizesThatItWasAskedFor() {
    assertThat(decoder.embeddingSize()).isEqualTo(EMBEDDING);
    assertThat(decoder.observationSize()).isEqualTo(observationSize());
  }

  @Test
  final void law5_theSameSeedGivesTheSameBits_andAnotherOthers() {
    T out = matrices.zeros(ROWS, observationSize());
    decoder.decode(embeddings, out);
    double[] first = matrices.elements(out);
    try (Decoder<T> again = decoder(Loss.SQUARED_ERROR, TestSeed.get());
        Decoder<T> other = decoder(Loss.SQUARED_ERROR, TestSeed.get() + 1)) {
      again.decode(embeddings, out);
      assertThat(matrices.elements(out)).isEqualTo(first);
      other.decode(embeddings, out);
      assertThat(matrices.elements(out)).isNotEqualTo(first);
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
    assertThat(parameters()).isEqualTo(before);
    assertThat(gradients()).containsOnly(0);
  }

  @Test
  final void learn_changesNoParameter_untilUpdate() {
    double[] before = parameters();
    double[] given = matrices.elements(embeddings);
    double[] wanted = matrices.elements(observations);
    assertThat(decoder.learn(embeddings, observations, null)).isPositive();
    assertThat(parameters()).isEqualTo(before);
    assertThat(Matrices.largest(gradients())).isPositive();
    assertThat(matrices.elements(embeddings)).as("embeddings").isEqualTo(given);
    assertThat(matrices.elements(observations)).as("observations").isEqualTo(wanted);
    decoder.update();
    assertThat(parameters()).isNotEqualTo(before);
    assertThat(gradients()).containsOnly(0);
  }

  @Test
  final void learn_accumulates_andGradientsCanBeForgotten() {
    assumeTrue(repeatable(), "the decoder's loss is not repeatable");
    decoder.learn(embeddings, observations, null);
    double[] once = gradients();
    decoder.learn(embeddings, observations, null);
    double unit = matrices.tensors.elementBytes() == Double.BYTES ? 1e-12 : 1e-5;
    for (int i = 0; i < once.length; i++) {
      once[i] *= 2;
    }
    assertThat(gradients()).containsExactly(once, within(unit * Matrices.largest(once)));
    decoder.clearGradients();
    assertThat(gradients()).containsOnly(0);
  }

  @Test
  final void theGradientOfEmbeddings_isOptional_andChangesNothingElse() {
    assumeTrue(repeatable(), "the decoder's loss is not repeatable");
    double without = decoder.learn(embeddings, observations, null);
    double[] gradients = gradients();
    decoder.clearGradients();
    T embeddingGradient = matrices.zeros(ROWS, EMBEDDING);
    double with = decoder.learn(embeddings, observations, embeddingGradient);
    assertThat(with).isEqualTo(without);
    assertThat(gradients()).isEqualTo(gradients);
    assertThat(Matrices.largest(matrices.elements(embeddingGradient))).isPositive();
  }

  @Test
  final void law1_learn_agreesWithFiniteDifferences() {
    assumeTrue(repeatable(), "the decoder's loss is not repeatable");
    assumeTrue(
        matrices.tensors.elementBytes() == Double.BYTES,
        "finite differences need a back end in double precision");
    for (Loss loss : new Loss[] {Loss.SQUARED_ERROR, Loss.BINARY_CROSS_ENTROPY}) {
      try (Decoder<T> tested = decoder(loss, TestSeed.get())) {
        T embeddingGradient = matrices.zeros(ROWS, EMBEDDING);
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
              matrices.tensors,
              parameter.name(),
              parameter.value(),
              gradient,
              () -> lossOf(tested));
        }
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

  @Test
  final void law4_shapesThatDoNotFit_changeNothing() {
    double[] before = parameters();
    T fewer = matrices.zeros(ROWS - 1, observationSize());
    assertThatIllegalArgumentException().isThrownBy(() -> decoder.learn(embeddings, fewer, null));
    T narrow = matrices.zeros(ROWS, EMBEDDING - 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decoder.learn(narrow, observations, null));
    assertThatIllegalArgumentException().isThrownBy(() -> decoder.decode(embeddings, fewer));
    assertThatIllegalArgumentException().isThrownBy(() -> decoder.decode(narrow, observations));
    assertThat(parameters()).isEqualTo(before);
    assertThat(gradients()).containsOnly(0);
  }
}
