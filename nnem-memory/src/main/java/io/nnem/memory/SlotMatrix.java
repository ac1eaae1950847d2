package io.nnem.memory;

import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;

/**
 * A matrix with a row for each slot of a memory: for stores, and for plug-ins that keep something
 * beside each memory.
 *
 * @param <T> the matrix type
 */
public final class SlotMatrix<T> implements AutoCloseable {

  private final Tensors<T> tensors;
  private final Scope<T> scope;
  private final RowBuffer<T> rows;
  // For slots that are no range; made anew when their number changes.
  private Scope<T> gatherScope;
  private T gathered;

  /**
   * Allocates a row of zeros for each slot.
   *
   * @param tensors the back end
   * @param capacity slots of the memory, at least 1
   * @param columns columns of each row, at least 1
   */
  public SlotMatrix(Tensors<T> tensors, int capacity, int columns) {
    this.tensors = tensors;
    this.scope = tensors.newScope();
    this.rows = new RowBuffer<>(tensors, scope, capacity, columns);
  }

  /**
   * Columns of each row.
   *
   * @return at least 1
   */
  public int columns() {
    return tensors.columns(rows.all());
  }

  /**
   * Writes rows.
   *
   * @param slots where
   * @param source {@code slots.count() x columns}
   */
  public void write(Slots slots, T source) {
    tensors.scatterRows(source, slots.indices(), rows.all());
  }

  /**
   * The rows of slots: shared where they are consecutive, else copied.
   *
   * @param slots which
   * @return {@code slots.count() x columns}, not to be written to, valid until the next call
   */
  public T rows(Slots slots) {
    if (slots.isRange()) {
      int from = slots.get(0);
      return from == 0
          ? rows.first(slots.count())
          : tensors.rowRange(rows.all(), from, from + slots.count());
    }
    if (gatherScope == null || tensors.rows(gathered) != slots.count()) {
      closeGathered();
      gatherScope = tensors.newScope();
      gathered = gatherScope.zeros(slots.count(), columns());
    }
    tensors.gatherRows(rows.all(), slots.indices(), gathered);
    return gathered;
  }

  /**
   * Bytes of all rows.
   *
   * @return the bytes
   */
  public long bytes() {
    return (long) tensors.rows(rows.all()) * columns() * tensors.elementBytes();
  }

  private void closeGathered() {
    if (gatherScope != null) {
      gatherScope.close();
      gatherScope = null; // a failed allocation must not leave what is closed in use
    }
  }

  /** Releases the rows. */
  @Override
  public void close() {
    closeGathered();
    scope.close();
  }
}
