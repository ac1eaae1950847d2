package io.nnem.memory.recall;

import io.nnem.core.Addressing;
import io.nnem.core.GrowingRows;
import io.nnem.core.Scope;
import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import java.util.Arrays;

/**
 * The direction that the keys of each cell have in common: a mean of keys of unit length. Kept
 * twice: as floats, which change, and as a matrix, by which the back end finds the nearest.
 */
final class Centroids<T> implements Stateful, AutoCloseable {

  private final Tensors<T> tensors;
  private final int size;
  private final GrowingRows<T> room;
  private float[] means = new float[0];
  private boolean[] changed = new boolean[0];
  private int count;
  private Scope<T> scope;
  private T matrix; // of as many rows as there is room for
  private T view; // of as many as there are

  Centroids(Tensors<T> tensors, int size) {
    this.tensors = tensors;
    this.size = size;
    this.room = new GrowingRows<>(tensors, size);
  }

  int count() {
    return count;
  }

  /** Adds a centroid of no direction. */
  void add() {
    if (count == changed.length) {
      int more = Math.max(8, 2 * count);
      means = Arrays.copyOf(means, Math.multiplyExact(more, size));
      changed = Arrays.copyOf(changed, more);
    }
    Arrays.fill(means, count * size, (count + 1) * size, 0);
    changed[count++] = true;
    view = null;
  }

  /** Drops a centroid; the last one takes its number. */
  void drop(int cell) {
    count--;
    System.arraycopy(means, count * size, means, cell * size, size);
    changed[cell] = true;
    changed[count] = false;
    view = null;
  }

  /** Moves a centroid towards a row of some keys: the whole way at a rate of 1. */
  void approach(int cell, float[] keys, int row, float rate) {
    for (int j = 0; j < size; j++) {
      int at = cell * size + j;
      means[at] += rate * (keys[row * size + j] - means[at]);
    }
    changed[cell] = true;
  }

  /** Makes a centroid the mean of some rows of keys. */
  void set(int cell, float[] keys, int[] rows, int from, int to) {
    for (int i = from; i < to; i++) {
      approach(cell, keys, rows[i], 1f / (i - from + 1));
    }
  }

  /** Hands what has changed to the back end; {@link #nearest} knows of it from then on. */
  void publish() {
    if (count == 0) {
      return;
    }
    if (matrix == null || tensors.rows(matrix) < count) {
      grow();
      return;
    }
    if (view == null) {
      view = tensors.rowRange(matrix, 0, count);
    }
    int[] cells = new int[count];
    int many = 0;
    for (int cell = 0; cell < count; cell++) {
      if (changed[cell]) {
        cells[many++] = cell;
        changed[cell] = false;
      }
    }
    if (many == 0) {
      return;
    }
    float[] rows = new float[many * size];
    for (int i = 0; i < many; i++) {
      System.arraycopy(means, cells[i] * size, rows, i * size, size);
    }
    T source = room.first(many);
    tensors.copyIn(rows, source);
    tensors.scatterRows(source, Arrays.copyOf(cells, many), view);
  }

  private void grow() {
    Scope<T> larger = tensors.newScope();
    try {
      matrix = larger.zeros(changed.length, size);
    } catch (RuntimeException | Error e) {
      larger.close();
      throw e;
    }
    if (scope != null) {
      scope.close();
    }
    scope = larger;
    view = tensors.rowRange(matrix, 0, count);
    tensors.copyIn(means, matrix);
    Arrays.fill(changed, false);
  }

  /** The cells whose centroids are most like each of some rows, the best first. */
  void nearest(T rows, int k, int[] cells, float[] similarities) {
    tensors.nearest(rows, view, k, cells, similarities);
  }

  /** Keys as rows of unit length; a key without a length, or too long to have one, is 0. */
  float[] directions(T keys) {
    int rows = tensors.rows(keys);
    float[] numbers = new float[rows * size];
    tensors.copyOut(keys, numbers);
    for (int i = 0; i < rows; i++) {
      double square = 0;
      for (int j = i * size; j < (i + 1) * size; j++) {
        square += (double) numbers[j] * numbers[j];
      }
      double length = Math.sqrt(square);
      boolean has = length >= Addressing.SMALLEST_LENGTH && length < Double.POSITIVE_INFINITY;
      for (int j = i * size; j < (i + 1) * size; j++) {
        numbers[j] = has ? (float) (numbers[j] / length) : 0;
      }
    }
    return numbers;
  }

  @Override
  public void save(StateWriter out) {
    out.floats("means", Arrays.copyOf(means, count * size));
  }

  @Override
  public void load(StateReader in) {
    long length = in.length("means");
    if (length % size != 0) {
      throw new StateException(
          "The centroids are " + length + " numbers, which are no rows of " + size + ".");
    }
    float[] loaded = in.floats("means", (int) length);
    for (float each : loaded) {
      if (!(Math.abs(each) <= 2)) { // a mean of rows of length 1, up to rounding
        throw new StateException("An element of a centroid is " + each + ".");
      }
    }
    means = loaded;
    count = loaded.length / size;
    changed = new boolean[count];
    matrix = null;
    publish();
  }

  @Override
  public void close() {
    room.close();
    if (scope != null) {
      scope.close();
      scope = null;
      matrix = null;
    }
  }
}
