package io.nnem.experiments.run;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import java.util.Optional;

/**
 * What gets observations back in a trial. A network takes both over when it is built.
 *
 * @param decoder learns beside the embedder; empty if nobody needs one
 * @param codec an autoencoder that no longer changes; empty if none was trained
 * @param <T> the matrix type
 */
public record Decoding<T>(Optional<Decoder<T>> decoder, Optional<Codec<T>> codec)
    implements AutoCloseable {

  /** Releases both, for when no network could be built. */
  @Override
  public void close() {
    try (Owned parts = new Owned()) {
      decoder.ifPresent(parts::own);
      codec.ifPresent(parts::own);
    }
  }
}
