package io.nnem.core;

/**
 * Room for a changing number of rows that grows, by doubling, to the most that were asked for. For
 * one thread at a time.
 *
 * @param <T> the matrix type
 */
public final class GrowingRows<T> implements AutoCloseable {

  private static final long MOST_ELEMENTS = Integer.MAX_VALUE;

  private final Tensors<T> tensors;
  private final int columns;
  private Scope<T> scope;
  private RowBuffer<T> rows;
  private int capacity;

  /**
   * Allocates nothing yet.
   *
   * @param tensors the back end
   * @param columns columns of each row, at least 1
   */
  public GrowingRows(Tensors<T> tensors, int columns) {
    this.tensors = tensors;
    this.columns = columns;
  }

  /**
   * The first rows. Growing forgets what was in them.
   *
   * @param count at least 1
   * @return {@code count x columns}, valid until more rows are asked for
   */
  public T first(int count) {
    if (count > capacity) {
      grow(count);
    }
    return rows.first(count);
  }

  private void grow(int count) {
    long doubled = capacity == 0 ? count : Math.min(MOST_ELEMENTS / columns, 2L * count);
    int room = (int) Math.max(count, doubled);
    close();
    Scope<T> newScope = tensors.newScope();
    try {
      rows = new RowBuffer<>(tensors, newScope, room, columns);
    } catch (RuntimeException | Error e) {
      newScope.close();
      throw e;
    }
    scope = newScope;
    capacity = room;
  }

  /** Releases the rows; the next call of {@link #first} allocates new ones. */
  @Override
  public void close() {
    if (scope != null) {
      scope.close();
      scope = null;
      rows = null;
      capacity = 0;
    }
  }
}
