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
}
