package io.nnem.memory;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Places in a memory, in an order: row {@code i} of a matrix that goes with them belongs to slot
 * {@code get(i)}. Immutable.
 */
public final class Slots {

  private final int from;
  private final int count;
  private final int[] indices; // null of consecutive slots
  private int[] listed; // the indices of consecutive slots, once somebody wants them

  private Slots(int from, int count, int[] indices) {
    this.from = from;
    this.count = count;
    this.indices = indices;
  }

  /**
   * Consecutive slots.
   *
   * @param from the first
   * @param to the one after the last
   * @return the slots
   * @throws IllegalArgumentException if {@code from} is negative, or {@code to} not above it
   */
  public static Slots range(int from, int to) {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "Slots " + from + " to " + to + " (exclusive) are not a range of slots.");
    }
    return new Slots(from, to - from, null);
  }

  /**
   * Chosen slots.
   *
   * @param indices at least one, none negative, each at most once
   * @return the slots
   * @throws IllegalArgumentException if there is none, a negative one, or one twice
   */
  public static Slots of(int... indices) {
    if (indices.length > 0 && indices[0] >= 0 && areConsecutive(indices)) {
      return new Slots(indices[0], indices.length, null);
    }
    if (indices.length == 0 || isRefused(indices)) {
      throw new IllegalArgumentException(
          "Slots must be at least one, none negative, each at most once, but are "
              + Arrays.toString(indices)
              + ".");
    }
    return new Slots(indices[0], indices.length, indices.clone());
  }

  private static boolean areConsecutive(int[] indices) {
    for (int i = 1; i < indices.length; i++) {
      if (indices[i] < indices[i - 1] || indices[i] - indices[i - 1] != 1) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRefused(int[] indices) {
    int[] sorted = indices.clone();
    Arrays.sort(sorted);
    boolean refused = sorted[0] < 0;
    for (int i = 1; i < sorted.length; i++) {
      refused |= sorted[i] == sorted[i - 1];
    }
    return refused;
  }

  /**
   * How many.
   *
   * @return at least 1
   */
  public int count() {
    return count;
  }

  /**
   * One of them.
   *
   * @param i from 0 to {@code count() - 1}
   * @return its index in the memory
   */
  public int get(int i) {
    return indices == null ? from + i : indices[i];
  }

  /**
   * Whether they are consecutive, so that rows need not be gathered.
   *
   * @return true if each is one above the one before
   */
  public boolean isRange() {
    return indices == null;
  }

  /**
   * Which of these are not among others: the places in this list, for {@link #get} and for rows
   * that belong to them.
   *
   * @param others slots in any order
   * @return places, ascending; none if all are among the others
   */
  public int[] placesOutside(Slots others) {
    int[] sorted = others.toArray();
    Arrays.sort(sorted);
    return IntStream.range(0, count).filter(i -> Arrays.binarySearch(sorted, get(i)) < 0).toArray();
  }

  /**
   * Those at some places.
   *
   * @param places at least one, from 0 to {@code count() - 1}, each at most once
   * @return the slots, in that order
   */
  public Slots at(int[] places) {
    return of(Arrays.stream(places).map(this::get).toArray());
  }

  /**
   * Some of them.
   *
   * @param first place of the first
   * @param to the place after the last, above {@code first}
   * @return the slots; these, if it is all of them
   */
  public Slots part(int first, int to) {
    if (first == 0 && to == count) {
      return this;
    }
    return indices == null
        ? range(from + first, from + to)
        : of(Arrays.copyOfRange(indices, first, to));
  }

  /**
   * All of them.
   *
   * @return a new array
   */
  public int[] toArray() {
    if (indices != null) {
      return indices.clone();
    }
    int[] list = new int[count];
    for (int i = 0; i < count; i++) {
      list[i] = from + i;
    }
    return list;
  }

  /** All of them, in an array that must stay as it is. */
  int[] indices() {
    if (indices != null) {
      return indices;
    }
    int[] list = listed;
    if (list == null) {
      list = toArray();
      listed = list; // two threads at once make two lists of the same numbers
    }
    return list;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slots slots
        && from == slots.from
        && count == slots.count
        && Arrays.equals(indices, slots.indices);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * from + count) + Arrays.hashCode(indices);
  }

  @Override
  public String toString() {
    return indices == null
        ? "Slots[" + from + ".." + (from + count - 1) + "]"
        : "Slots" + Arrays.toString(indices);
  }
}
