package io.nnem.core;

/** Offers a back end. */
public interface BackendProvider extends Plugin {

  /**
   * Creates the back end, to be closed by the caller. It may be shared between threads.
   *
   * @param threads how many threads one operation may use, at least 1; a back end that has one
   *     thread ignores it
   * @return the back end
   */
  Tensors<?> create(int threads);
}
