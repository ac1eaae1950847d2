package io.nnem.testkit;

import io.nnem.autoencoder.Decoder;
import io.nnem.autoencoder.DecoderContext;
import io.nnem.autoencoder.DecoderProvider;
import io.nnem.core.Activation;
import io.nnem.core.Loss;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What an author says of a decoder, and what the laws are tried on. */
abstract class DecoderClaims<T> {

  static final int ROWS = 8;
  static final int EMBEDDING = 4;

  Matrices<T> matrices;
  Decoder<T> decoder;
  T embeddings;
  T observations;

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
  protected Options optionValues() {
    return Options.none();
  }

  final Decoder<T> decoder(Loss loss, long seed) {
    return decoder(Activation.SIGMOID, loss, seed);
  }

  final Decoder<T> decoder(Activation output, Loss loss, long seed) {
    return provider()
        .create(
            new DecoderContext<>(
                matrices.tensors,
                EMBEDDING,
                observationSize(),
                List.of(16),
                output,
                loss,
                OptimiserSettings.adam(0.02),
                seed,
                optionValues()));
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

  final double[] parameters() {
    return Matrices.values(matrices.tensors, decoder.parameters());
  }

  final double[] gradients() {
    return Matrices.gradients(matrices.tensors, decoder.parameters());
  }

  final double unit() {
    return matrices.tensors.elementBytes() == Double.BYTES ? 1e-12 : 1e-5;
  }
}
