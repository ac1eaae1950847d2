package io.nnem.core;

/** Offers an embedder. */
public interface EmbedderProvider extends Plugin {

  /**
   * Creates an embedder with new parameters.
   *
   * @param context what to make it from
   * @param <T> the matrix type
   * @return the embedder, to be closed by the caller
   */
  <T> Embedder<T> create(EmbedderContext<T> context);
}
