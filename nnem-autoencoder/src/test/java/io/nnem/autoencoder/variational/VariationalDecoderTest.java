package io.nnem.autoencoder.variational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.Variational;
import io.nnem.core.Activation;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Parameter;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VariationalDecoderTest {
  private static final int ROWS = 5;
  private static final int SIZE = 3;
  private static final int PIXELS = 6;

  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();
  private final SplittableRandom random = Seeds.random(3, "test");
  private final Matrix embeddings = random(ROWS, SIZE, -1.5, 1.5);
  private final Matrix observations = random(ROWS, PIXELS, 0.05, 0.95);

  private Matrix random(int rows, int columns, double from, double to) {
    Matrix matrix = scope.zeros(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        tensors.set(matrix, i, j, random.nextDouble(from, to));
      }
    }
    return matrix;
  }

  private VariationalDecoder<Matrix> decoder(Map<String, String> options) {
    return new VariationalDecoder<>(
        new DecoderContext<>(
            tensors,
            SIZE,
            PIXELS,
            List.of(7),
            Activation.SIGMOID,
            Loss.BINARY_CROSS_ENTROPY,
            OptimiserSettings.adam(0.01),
            1,
            new Options(options)));
  }

  private static Map<String, String> at(double weight) {
    return Map.of("kl-weight", Double.toString(weight), "kl-warmup", "0");
  }

  /** The weights of the head are small at first: draw others, so that it matters. */
  private void shake(Variational<Matrix> decoder) {
    for (Parameter<Matrix> parameter : decoder.parameters()) {
      Matrix value = parameter.value();
      tensors.addScaled(1, random(tensors.rows(value), tensors.columns(value), -0.5, 0.5), value);
    }
  }

  @Test
  void theGradientIsThatOfTheLoss_theDivergenceIncluded() {
    try (Variational<Matrix> decoder = decoder(at(1.5))) {
      shake(decoder);
      Matrix gradient = scope.zeros(ROWS, SIZE);
      decoder.learn(embeddings, observations, gradient);
      assertSlopes(decoder, "embeddings", embeddings, elements(gradient));
      decoder.clearGradients();
      decoder.learn(embeddings, observations, null);
      List<double[]> gradients =
          decoder.parameters().stream().map(p -> elements(p.gradient())).toList();
      for (int i = 0; i < gradients.size(); i++) {
        Parameter<Matrix> parameter = decoder.parameters().get(i);
        assertSlopes(decoder, parameter.name(), parameter.value(), gradients.get(i));
      }
    }
  }

  private void assertSlopes(
      Variational<Matrix> decoder, String name, Matrix matrix, double[] gradient) {
    double step = 1e-5;
    int columns = tensors.columns(matrix);
    for (int i = 0; i < gradient.length; i++) {
      double value = tensors.get(matrix, i / columns, i % columns);
      tensors.set(matrix, i / columns, i % columns, value + step);
      double above = decoder.learn(embeddings, observations, null);
      tensors.set(matrix, i / columns, i % columns, value - step);
      double below = decoder.learn(embeddings, observations, null);
      tensors.set(matrix, i / columns, i % columns, value);
      assertThat(gradient[i])
          .as("gradient of %s, element %d", name, i)
          .isCloseTo((above - below) / (2 * step), within(1e-6));
    }
  }

  private double[] elements(Matrix matrix) {
    return new Elements<>(tensors).of(matrix);
  }

  /** The formula of the divergence, where the head says the same of every embedding. */
  @Test
  void theDivergenceIsThatOfTwoGaussians() {
    try (VariationalDecoder<Matrix> decoder = decoder(at(1))) {
      // With no weights, the head says its bias: log sigma^2 = -4 for each dimension.
      for (Parameter<Matrix> parameter : decoder.parameters()) {
        if (parameter.name().equals("log-variance.layer-2.weights")) {
          tensors.fill(0, parameter.value());
        }
      }
      double means = tensors.dot(embeddings, embeddings) / ROWS;
      double expected = (means + SIZE * (Math.exp(-4) - 1 + 4)) / 2;
      Variational.Bound bound = decoder.bound(embeddings, observations);
      assertThat(bound.divergence()).isCloseTo(expected, within(1e-12));
      assertThat(bound.elbo()).isEqualTo(-(bound.reconstruction() + bound.divergence()));
      assertThat(decoder.learn(embeddings, observations, null))
          .isCloseTo(-bound.elbo(), within(1e-12));
    }
  }

  /** With hardly any noise it is the variance of what is decoded; noise makes pixels greyer. */
  @Test
  void theUncertaintyIsTheVarianceOfTheObservation() {
    try (VariationalDecoder<Matrix> decoder = decoder(at(1))) {
      shake(decoder);
      Matrix decoded = scope.zeros(ROWS, PIXELS);
      decoder.decode(embeddings, decoded);
      Parameter<Matrix> bias = decoder.parameters().get(decoder.parameters().size() - 1);
      tensors.fill(-60, bias.value());
      double[] uncertainty = decoder.uncertainty(embeddings);
      assertThat(uncertainty).hasSize(ROWS);
      for (int i = 0; i < ROWS; i++) {
        double variance = 0;
        for (int j = 0; j < PIXELS; j++) {
          double pixel = tensors.get(decoded, i, j);
          variance += pixel * (1 - pixel);
        }
        assertThat(uncertainty[i]).as("row %d", i).isCloseTo(variance, within(1e-9));
      }
      tensors.fill(2, bias.value());
      assertThat(decoder.uncertainty(embeddings)).isNotEqualTo(uncertainty);
    }
  }

  @Test
  void theWeightGrowsWithTheUpdates() {
    try (VariationalDecoder<Matrix> decoder = decoder(Map.of("kl-weight", "2", "kl-warmup", "4"))) {
      for (int update = 0; update < 7; update++) {
        Variational.Bound bound = decoder.bound(embeddings, observations);
        double weight = 2 * Math.min(1, update / 4.0);
        assertThat(decoder.learn(embeddings, observations, null))
            .as("loss after %d updates", update)
            .isCloseTo(bound.reconstruction() + weight * bound.divergence(), within(1e-10));
        decoder.update();
      }
    }
  }

  /** A step that is forgotten must leave no trace, not even in what is drawn. */
  @Test
  void theNoiseIsThatOfTheUpdate() {
    try (VariationalDecoder<Matrix> decoder = decoder(at(0))) {
      double first = decoder.learn(embeddings, observations, null);
      decoder.clearGradients();
      assertThat(decoder.learn(embeddings, observations, null)).isEqualTo(first);
      decoder.clearGradients();
      Matrix before = scope.zeros(ROWS, PIXELS);
      decoder.decode(embeddings, before);
      decoder.update(); // nothing has been learned
      Matrix after = scope.zeros(ROWS, PIXELS);
      decoder.decode(embeddings, after);
      assertThat(elements(after)).as("decoded, without noise").isEqualTo(elements(before));
      assertThat(decoder.learn(embeddings, observations, null)).isNotEqualTo(first);
    }
  }

  @Test
  void theNoiseIsStandardNormal() {
    double[] draws = new double[100_001];
    new Noise(1).fill(0, draws);
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    for (double draw : draws) {
      sum += draw;
      squares += draw * draw;
      fourths += draw * draw * draw * draw;
    }
    assertThat(sum / draws.length).isCloseTo(0, within(0.015));
    assertThat(squares / draws.length).isCloseTo(1, within(0.02));
    assertThat(fourths / draws.length).isCloseTo(3, within(0.15));
  }

  /** Two patterns that are always the same, and one embedding that stands for noise. */
  @Test
  void isMoreUncertainOfWhatItCannotReconstruct() {
    try (VariationalDecoder<Matrix> decoder = decoder(at(0.3))) {
      Matrix codes = scope.zeros(8, SIZE);
      Matrix images = scope.zeros(8, PIXELS);
      for (int step = 0; step < 1500; step++) {
        for (int i = 0; i < 8; i++) {
          boolean clear = i % 2 == 0;
          boolean second = i % 4 == 2;
          // Where the first number is 1, the others say nothing of the image.
          tensors.set(codes, i, 0, clear ? -1 : 1);
          tensors.set(codes, i, 1, clear ? (second ? 1 : -1) : random.nextDouble(-1, 1));
          for (int j = 0; j < PIXELS; j++) {
            boolean on = clear ? (j < 3) == second : random.nextBoolean();
            tensors.set(images, i, j, on ? 1 : 0);
          }
        }
        decoder.learn(codes, images, null);
        decoder.update();
      }
      double[] uncertainty = decoder.uncertainty(codes);
      double clear = uncertainty[0] + uncertainty[2];
      double guessed = uncertainty[1] + uncertainty[3];
      assertThat(guessed).isGreaterThan(clear + 0.5);
    }
  }

  @Test
  void optionsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decoder(Map.of("kl-weight", "-1")))
        .withMessage("Option kl-weight must be a finite number, 0 or above, but it is '-1'.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decoder(Map.of("kl-warmup", "-3")))
        .withMessage("Option kl-warmup must be a whole number, 0 or more, but it is '-3'.");
  }
}
