package io.nnem.core;

/**
 * Room for a changing number of rows: one allocation, and views of the first rows, of which the
 * latest two are kept: a training step mostly needs one for all memories and one for a batch.
 *
 * @param <T> the matrix type
 */
public final class RowBuffer<T> {

  private final Tensors<T> tensors;
  private final T room;
  private T view;
  private T earlier;

  /**
   * Allocates the room.
   *
   * @param tensors the back end
   * @param scope the owner
   * @param capacity rows there can be
   * @param columns columns of each
   */
  public RowBuffer(Tensors<T> tensors, Scope<T> scope, int capacity, int columns) {
    this.tensors = tensors;
    this.room = scope.zeros(capacity, columns);
    this.view = room;
    this.earlier = room;
  }

  /**
   * The first rows.
   *
   * @param count from 1 to the capacity
   * @return {@code count x columns}, with whatever was last written there
   * @throws IllegalArgumentException if there is no room for as many
   */
  public T first(int count) {
    if (tensors.rows(view) != count) {
      T wanted = tensors.rows(earlier) == count ? earlier : tensors.rowRange(room, 0, count);
      earlier = view;
      view = wanted;
    }
    return view;
  }

  /**
   * All of the room.
   *
   * @return {@code capacity x columns}
   */
  public T all() {
    return room;
  }
}
