package io.nnem.credit;

import io.nnem.core.Plugin;

/** Offers a way to keep keys fresh. */
public interface KeyRefresherProvider extends Plugin {

  /**
   * Creates the refresher of an empty memory.
   *
   * @param context what to make it from
   * @param <T> the matrix type
   * @return the refresher, to be closed by the caller
   */
  <T> KeyRefresher<T> create(KeyRefresherContext<T> context);
}
