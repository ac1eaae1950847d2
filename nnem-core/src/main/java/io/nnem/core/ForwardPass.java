package io.nnem.core;

/**
 * What an embedder (or another network) keeps of a run for its backward pass: matrices whose row
 * {@code i} belongs to observation {@code i}. It has room for {@link #capacity} rows and is used
 * again and again. Its state is its rows.
 *
 * @param <T> the matrix type
 */
public interface ForwardPass<T> extends Stateful, AutoCloseable {

  /**
   * Rows that there is room for.
   *
   * @return the capacity
   */
  int capacity();

  /**
   * Rows in use.
   *
   * @return 0 to {@link #capacity}
   */
  int rows();

  /**
   * The input of the run.
   *
   * @return {@code rows x inputs}
   */
  T input();

  /**
   * The output of the run.
   *
   * @return {@code rows x outputs}
   */
  T output();

  /**
   * Copies the rows of another pass of the same network into chosen rows of this one, input
   * included; this is how a pass is retained for as long as a memory lives. {@link #rows} grows to
   * include them.
   *
   * @param source a pass of the same network
   * @param rows for each row of {@code source}, the row of this pass that takes it
   * @throws IllegalArgumentException if it is a pass of another network, or a row is outside
   */
  void scatterFrom(ForwardPass<T> source, int[] rows);

  /**
   * Makes all the room that {@link #scatterFrom} needs, so that it cannot fail for want of memory
   * later. Without it the room is made at the first use.
   */
  default void reserve() {}

  /**
   * Takes chosen rows of another pass of the same network, input included, in place of what this
   * one held.
   *
   * @param source a pass of the same network
   * @param rows rows of {@code source}; {@link #rows} becomes their number
   * @throws IllegalArgumentException if it is a pass of another network, there are too many rows,
   *     or one is outside
   */
  void gatherFrom(ForwardPass<T> source, int[] rows);

  /**
   * Bytes held for the backward pass, input included if this pass has a copy of it.
   *
   * @return the bytes
   */
  long retainedBytes();

  /** Releases the pass. */
  @Override
  void close();
}
