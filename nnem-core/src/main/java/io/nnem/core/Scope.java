package io.nnem.core;

/**
 * The owner of matrices. What it allocates lives until it is closed; closing it twice is safe.
 *
 * @param <T> the back end's matrix type
 */
public interface Scope<T> extends AutoCloseable {

  /**
   * Allocates a matrix of zeros that belongs to this scope.
   *
   * @param rows number of rows, at least 1
   * @param columns number of columns, at least 1
   * @return a new {@code rows x columns} matrix
   * @throws IllegalArgumentException if a size is below 1
   * @throws IllegalStateException if the scope is closed
   */
  T zeros(int rows, int columns);

  /**
   * Releases everything that this scope allocated. No other thread may be using it: a back end
   * tells where it can, but memory that is taken from under a computation is beyond it.
   */
  @Override
  void close();
}
