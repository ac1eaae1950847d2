package io.nnem.credit;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import java.util.Optional;

/**
 * What a reinstatement is made from. It closes none of it. With a codec, which an {@link
 * io.nnem.autoencoder.pretraining.Autoencoder} becomes once it is trained, for one:
 *
 * <pre>{@code
 * Reinstatement<T> code =
 *     Plugins.load(ReinstatementProvider.class)
 *         .get("code")
 *         .create(
 *             new ReinstatementContext<>(
 *                 tensors, capacity, 784, Optional.empty(), Optional.of(codec),
 *                 new Options(Map.of("code-bits", "8"))));
 * }</pre>
 *
 * @param tensors the back end
 * @param capacity slots of the memory
 * @param observationSize floats of an observation
 * @param decoder the decoder that learns beside the embedder, for reinstatements that need it
 * @param codec an autoencoder that no longer changes, for reinstatements that need it
 * @param options settings of the plug-in's own
 * @param <T> the matrix type
 */
public record ReinstatementContext<T>(
    Tensors<T> tensors,
    int capacity,
    int observationSize,
    Optional<Decoder<T>> decoder,
    Optional<Codec<T>> codec,
    Options options) {

  /**
   * Without a codec.
   *
   * @param tensors the back end
   * @param capacity slots of the memory
   * @param observationSize floats of an observation
   * @param decoder the decoder that learns beside the embedder, for reinstatements that need it
   * @param options settings of the plug-in's own
   */
  public ReinstatementContext(
      Tensors<T> tensors,
      int capacity,
      int observationSize,
      Optional<Decoder<T>> decoder,
      Options options) {
    this(tensors, capacity, observationSize, decoder, Optional.empty(), options);
  }
}
