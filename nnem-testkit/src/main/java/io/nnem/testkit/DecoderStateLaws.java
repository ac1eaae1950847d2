package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.autoencoder.Decoder;
import io.nnem.core.Loss;

/** What {@link DecoderContract} asks of a saved decoder. */
abstract class DecoderStateLaws<T> extends DecoderClaims<T> {

  @Law(
      number = 5,
      holds =
          "three updates, then three more by it and by one that took its state over; losses too")
  final void aDecoderThatWasSavedAndLoaded_goesOnWithTheSameBits() {
    for (int i = 0; i < 3; i++) {
      decoder.learn(embeddings, observations, null);
      decoder.update();
    }
    SavedState state = SavedState.of(decoder);
    assertThat(SavedState.of(decoder)).as("saved twice").isEqualTo(state);
    try (Decoder<T> twin = decoder(Loss.SQUARED_ERROR, TestSeed.get() + 1)) {
      twin.learn(embeddings, observations, null); // gradients that are not to survive
      state.loadInto(twin);
      assertThat(decoded(twin)).as("decoded after loading").isEqualTo(decoded(decoder));
      for (int i = 0; i < 3; i++) {
        assertThat(twin.learn(embeddings, observations, null))
            .as("loss of update %d after loading", i + 1)
            .isEqualTo(decoder.learn(embeddings, observations, null));
        decoder.update();
        twin.update();
        assertThat(Matrices.values(matrices.tensors, twin.parameters()))
            .as("parameters after update %d since loading", i + 1)
            .isEqualTo(parameters());
      }
    }
  }

  private double[] decoded(Decoder<T> tested) {
    T out = matrices.zeros(ROWS, observationSize());
    tested.decode(embeddings, out);
    return matrices.elements(out);
  }
}
