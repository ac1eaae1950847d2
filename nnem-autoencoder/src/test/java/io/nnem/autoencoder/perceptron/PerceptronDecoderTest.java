package io.nnem.autoencoder.perceptron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PerceptronDecoderTest {
  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();
  private final Matrix patterns = scope.zeros(4, 6);

  PerceptronDecoderTest() {
    // Bars: what is reconstructed can be told apart by eye.
    tensors.copyIn(
        new float[] {1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 0, 1, 0},
        patterns);
  }

  private Decoder<Matrix> decoder(Loss loss) {
    return Plugins.load(DecoderProvider.class)
        .get("autoencoder")
        .create(
            new DecoderContext<>(
                tensors,
                3,
                6,
                List.of(24),
                Activation.SIGMOID,
                loss,
                OptimiserSettings.adam(0.01),
                1,
                Options.none()));
  }

  private Embedder<Matrix> embedder() {
    return NetworkEmbedder.perceptron(
        new EmbedderContext<>(
            tensors,
            RowShape.flat(6),
            3,
            List.of(10),
            OptimiserSettings.adam(0.02),
            1,
            Options.none()));
  }

  /** The embedder's weights stay untouched; every pixel comes back on its side of a half. */
  @ParameterizedTest
  @EnumSource(names = {"SQUARED_ERROR", "BINARY_CROSS_ENTROPY"})
  void reconstructsFromTheEmbeddingsOfAFixedEmbedder(Loss loss) {
    try (Decoder<Matrix> decoder = decoder(loss);
        Embedder<Matrix> embedder = embedder()) {
      Matrix embeddings = scope.zeros(4, 3);
      embedder.embed(patterns, embeddings);
      for (int i = 0; i < 1000; i++) {
        decoder.learn(embeddings, patterns, null);
        decoder.update();
      }
      assertReconstructs(decoder, embeddings);
    }
  }

  private void assertReconstructs(Decoder<Matrix> decoder, Matrix embeddings) {
    Matrix out = scope.zeros(4, 6);
    decoder.decode(embeddings, out);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 6; j++) {
        assertThat(Math.abs(tensors.get(out, i, j) - tensors.get(patterns, i, j)))
            .as("pixel %d of pattern %d", j, i)
            .isLessThan(0.3);
      }
    }
  }

  /** The paper's unsupervised baseline: the embedder learns from the reconstruction. */
  @Test
  void theGradientForEmbeddings_trainsAnEmbedder() {
    try (Decoder<Matrix> decoder = decoder(Loss.BINARY_CROSS_ENTROPY);
        Embedder<Matrix> embedder = embedder();
        ForwardPass<Matrix> pass = embedder.newPass(4)) {
      // The decoder is never updated: what improves is the embedder's doing.
      Matrix gradient = scope.zeros(4, 3);
      double first = Double.NaN;
      double last = Double.NaN;
      for (int i = 0; i < 200; i++) {
        last = decoder.learn(embedder.forward(patterns, pass), patterns, gradient);
        first = i == 0 ? last : first;
        embedder.backward(pass, gradient);
        embedder.update();
      }
      assertThat(last).isLessThan(0.9 * first);
    }
  }

  @Test
  void batchesOfAnySizeFit() {
    try (Decoder<Matrix> decoder = decoder(Loss.SQUARED_ERROR)) {
      for (int rows : new int[] {4, 1, 3, 4}) {
        Matrix some = tensors.rowRange(patterns, 0, rows);
        assertThat(decoder.learn(scope.zeros(rows, 3), some, null)).isPositive();
      }
    }
  }

  @Test
  void shapesAreChecked() {
    try (Decoder<Matrix> decoder = decoder(Loss.SQUARED_ERROR)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> decoder.learn(scope.zeros(4, 2), patterns, null))
          .withMessage("The input must have 3 columns, but it is 4 x 2.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> decoder.learn(scope.zeros(3, 3), patterns, null))
          .withMessage("The target must be 3 x 6, but it is 4 x 6.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> decoder.decode(scope.zeros(4, 3), scope.zeros(4, 5)))
          .withMessage("The output must be 4 x 6, but it is 4 x 5.");
    }
  }
}
