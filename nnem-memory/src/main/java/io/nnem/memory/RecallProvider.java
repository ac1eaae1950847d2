package io.nnem.memory;

import io.nnem.core.Plugin;

/** Offers a way to recall. */
public interface RecallProvider extends Plugin {

  /**
   * Creates the recall of an empty memory.
   *
   * @param context what to make it from
   * @param <T> the matrix type
   * @return the recall, to be closed by the caller
   */
  <T> Recall<T> create(RecallContext<T> context);
}
