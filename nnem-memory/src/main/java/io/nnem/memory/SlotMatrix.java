package io.nnem.memory;

import io.nnem.core.GrowingRows;
import io.nnem.core.Scope;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;

/**
 * A matrix with a row for each slot of a memory: for stores, and for plug-ins that keep something
 * beside each memory. Reading may happen from any number of threads at once while nobody writes.
 *
 * @param <T> the matrix type
 */
public final class SlotMatrix<T> implements Stateful, AutoCloseable {

  /** The latest view of consecutive rows: a memory is mostly read whole, again and again. */
  private record View<T>(int from, int count, T rows) {}

  private final Tensors<T> tensors;
  private final Scope<T> scope;
  private final T rows;
  private volatile View<T> latest;

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
    this.rows = scope.zeros(capacity, columns);
    this.latest = new View<>(0, capacity, rows);
  }

  /**
   * Columns of each row.
   *
   * @return at least 1
   */
  public int columns() {
    return tensors.columns(rows);
  }

  /**
   * Writes rows.
   *
   * @param slots where
   * @param source {@code slots.count() x columns}
   */
  public void write(Slots slots, T source) {
    tensors.scatterRows(source, slots.indices(), rows);
  }

  /**
   * The rows of slots: shared where they are consecutive, else copied.
   *
   * @param slots which
   * @param room where they are copied to, of as many columns
   * @return {@code slots.count() x columns}, not to be written to, valid until the rows are written
   *     to or the room is used again
   */
  public T rows(Slots slots, GrowingRows<T> room) {
    if (slots.isRange()) {
      return view(slots.get(0), slots.count());
    }
    T gathered = room.first(slots.count());
    tensors.gatherRows(rows, slots.indices(), gathered);
    return gathered;
  }

  private T view(int from, int count) {
    View<T> view = latest;
    if (view.from != from || view.count != count) {
      view = new View<>(from, count, tensors.rowRange(rows, from, from + count));
      latest = view;
    }
    return view.rows;
  }

  /**
   * The rows most similar to each query, among candidates of its own: {@link
   * Tensors#nearest(Object, Object, int[], int[], int, int[], float[])}.
   *
   * @param queries {@code b x columns}
   * @param slots candidates, of each query each at most once
   * @param ends for each query the place after its last candidate; does not descend
   * @param k how many for each query, at least 1
   * @param found receives slots, the most similar first; -1 where a query has fewer candidates
   * @param similarities receives their cosine similarities
   */
  public void nearest(
      T queries, int[] slots, int[] ends, int k, int[] found, float[] similarities) {
    tensors.nearest(queries, rows, slots, ends, k, found, similarities);
  }

  /**
   * Bytes of all rows.
   *
   * @return the bytes
   */
  public long bytes() {
    return (long) tensors.rows(rows) * columns() * tensors.elementBytes();
  }

  @Override
  public void save(StateWriter out) {
    out.matrix("rows", tensors, rows);
  }

  @Override
  public void load(StateReader in) {
    in.matrix("rows", tensors, rows);
  }

  /** Releases the rows. */
  @Override
  public void close() {
    scope.close();
  }
}
