package io.nnem.autoencoder.pretraining;

import io.nnem.autoencoder.CodeRanges;
import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.core.Embedder;
import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;

/**
 * A codec made of an embedder and a decoder that nobody trains any more.
 *
 * @param <T> the matrix type
 */
public final class FixedCodec<T> implements Codec<T> {

  private final Embedder<T> encoder;
  private final Decoder<T> decoder;
  private CodeRanges ranges;

  /**
   * Takes over an encoder and a decoder.
   *
   * @param encoder from observations to codes
   * @param decoder from codes to observations
   * @param ranges of the codes
   * @throws IllegalArgumentException if their sizes differ
   */
  public FixedCodec(Embedder<T> encoder, Decoder<T> decoder, CodeRanges ranges) {
    requireFit(encoder, decoder);
    if (ranges.size() != encoder.embeddingSize()) {
      throw new IllegalArgumentException(
          "A code has "
              + encoder.embeddingSize()
              + " dimensions, but there are ranges of "
              + ranges.size()
              + ": measure them with this encoder.");
    }
    this.encoder = encoder;
    this.decoder = decoder;
    this.ranges = ranges;
  }

  static void requireFit(Embedder<?> encoder, Decoder<?> decoder) {
    if (encoder.embeddingSize() != decoder.embeddingSize()
        || encoder.observationSize() != decoder.observationSize()) {
      throw new IllegalArgumentException(
          "Encoder and decoder must fit each other, but the encoder maps "
              + encoder.observationSize()
              + " floats to "
              + encoder.embeddingSize()
              + ", and the decoder "
              + decoder.embeddingSize()
              + " to "
              + decoder.observationSize()
              + ".");
    }
  }

  @Override
  public int codeSize() {
    return encoder.embeddingSize();
  }

  @Override
  public int observationSize() {
    return encoder.observationSize();
  }

  @Override
  public void encode(T observations, T out) {
    encoder.embed(observations, out);
  }

  @Override
  public void decode(T codes, T out) {
    decoder.decode(codes, out);
  }

  @Override
  public CodeRanges ranges() {
    return ranges;
  }

  @Override
  public void save(StateWriter out) {
    out.part("encoder", encoder);
    out.part("decoder", decoder);
    out.floats("ranges.low", ranges.low());
    out.floats("ranges.high", ranges.high());
  }

  @Override
  public void load(StateReader in) {
    in.part("encoder", encoder);
    in.part("decoder", decoder);
    float[] low = in.floats("ranges.low", codeSize());
    float[] high = in.floats("ranges.high", codeSize());
    try {
      ranges = new CodeRanges(low, high);
    } catch (IllegalArgumentException e) {
      throw new StateException("The saved ranges of a code cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
  }
}
