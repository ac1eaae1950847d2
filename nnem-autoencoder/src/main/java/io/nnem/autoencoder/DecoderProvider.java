package io.nnem.autoencoder;

import io.nnem.core.Plugin;

/** Offers a decoder. */
public interface DecoderProvider extends Plugin {

  /**
   * Creates a decoder with new parameters.
   *
   * @param context what to make it from
   * @param <T> the matrix type
   * @return the decoder, to be closed by the caller
   */
  <T> Decoder<T> create(DecoderContext<T> context);

  /**
   * Whether its decoders are {@link Uncertain}: known before one is made, so that a setting that
   * needs it can be refused.
   *
   * @return false unless overridden
   */
  default boolean isUncertain() {
    return false;
  }
}
