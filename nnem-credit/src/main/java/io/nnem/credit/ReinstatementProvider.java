package io.nnem.credit;

import io.nnem.core.Plugin;

/** Offers a source of reinstated observations. */
public interface ReinstatementProvider extends Plugin {

  /**
   * Creates the reinstatement of a memory that is still empty.
   *
   * @param context what to make it from
   * @param <T> the matrix type
   * @return the reinstatement, to be closed by the caller
   */
  <T> Reinstatement<T> create(ReinstatementContext<T> context);

  /**
   * Whether it needs a decoder that learns beside the embedder.
   *
   * @return false unless overridden
   */
  default boolean needsDecoder() {
    return false;
  }

  /**
   * Whether it needs an autoencoder that was trained beforehand and no longer changes.
   *
   * @return false unless overridden
   */
  default boolean needsCodec() {
    return false;
  }
}
