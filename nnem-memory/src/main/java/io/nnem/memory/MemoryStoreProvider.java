package io.nnem.memory;

import io.nnem.core.Plugin;

/** Offers a memory store. */
public interface MemoryStoreProvider extends Plugin {

  /**
   * Creates the store of an empty memory.
   *
   * @param context what to make it from
   * @param <T> the matrix type
   * @return the store, to be closed by the caller
   */
  <T> MemoryStore<T> create(MemoryStoreContext<T> context);
}
