package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.perceptron.PerceptronDecoder;
import io.nnem.autoencoder.pretraining.Autoencoder;
import io.nnem.autoencoder.pretraining.ReplayingDecoder;
import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.StateException;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What has no contract of its own, saved and loaded. */
class StateTest {
  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Matrices<Matrix> matrices = new Matrices<>(tensors, "state");
  private final Matrix observations = matrices.random(8, 6, 0, 1);
  private final Matrix embeddings = matrices.random(8, 3, -1, 1);
  private final Matrix keys = matrices.random(5, 3, -1, 1);

  @AfterEach
  void close() {
    matrices.close();
  }

  private Decoder<Matrix> decoder(long seed) {
    return new PerceptronDecoder<>(
        new DecoderContext<>(
            tensors,
            3,
            6,
            List.of(7),
            Activation.SIGMOID,
            Loss.BINARY_CROSS_ENTROPY,
            OptimiserSettings.adam(0.01),
            seed,
            Options.none()));
  }

  private Embedder<Matrix> embedder(int hidden, long seed) {
    return NetworkEmbedder.perceptron(
        new EmbedderContext<>(
            tensors,
            RowShape.flat(6),
            3,
            List.of(hidden),
            OptimiserSettings.adam(0.01),
            seed,
            Options.none()));
  }

  private ReplayingDecoder<Matrix> replaying(long seed) {
    return new ReplayingDecoder<>(
        tensors, decoder(seed), decoder(seed), 5, updates -> Optional.of(keys));
  }

  /** The teacher is renewed at update 5: it must be the old one until then. */
  @Test
  void aReplayingDecoder_goesOnWithItsTeacher() {
    try (ReplayingDecoder<Matrix> decoder = replaying(1);
        ReplayingDecoder<Matrix> twin = replaying(2)) {
      for (int i = 0; i < 3; i++) {
        decoder.learn(embeddings, observations, null);
        decoder.update();
      }
      SavedState.of(decoder).loadInto(twin);
      for (int i = 0; i < 5; i++) {
        assertThat(twin.learn(embeddings, observations, null))
            .isEqualTo(decoder.learn(embeddings, observations, null));
        decoder.update();
        twin.update();
        assertThat(Matrices.values(tensors, twin.parameters()))
            .as("parameters after update %d since loading", i + 1)
            .isEqualTo(Matrices.values(tensors, decoder.parameters()));
      }
    }
  }

  private Codec<Matrix> codec(long seed) {
    Autoencoder<Matrix> autoencoder = new Autoencoder<>(tensors, embedder(5, seed), decoder(seed));
    autoencoder.learn(observations);
    return autoencoder.fix(autoencoder.ranges(observations));
  }

  @Test
  void aCodec_isTheSameAfterwards() {
    try (Codec<Matrix> codec = codec(1);
        Codec<Matrix> twin = codec(2)) {
      SavedState.of(codec).loadInto(twin);
      assertThat(twin.ranges().low()).isEqualTo(codec.ranges().low());
      assertThat(twin.ranges().high()).isEqualTo(codec.ranges().high());
      assertThat(codes(twin)).isEqualTo(codes(codec));
    }
  }

  private double[] codes(Codec<Matrix> codec) {
    Matrix codes = matrices.zeros(8, 3);
    codec.encode(observations, codes);
    return matrices.elements(codes);
  }

  @Test
  void aStateOfAnotherArchitecture_isRefused() {
    try (Embedder<Matrix> embedder = embedder(5, 1);
        Embedder<Matrix> wider = embedder(6, 1)) {
      SavedState state = SavedState.of(embedder);
      assertThatThrownBy(() -> state.loadInto(wider))
          .isInstanceOf(StateException.class)
          .hasMessage("network.layer-1.weights must be a matrix of [6, 6], but is of [6, 5].");
    }
  }
}
