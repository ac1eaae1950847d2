package io.nnem.memory;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Places in a memory, in an order: row {@code i} of a matrix that goes with them belongs to slot
 * {@code get(i)}. Immutable.
 */
public final class Slots {

  private final int[] indices;
  private final boolean range;

  private Slots(int[] indices) {
    this.indices = indices;
    boolean consecutive = true;
    for (int i = 1; i < indices.length && consecutive; i++) {
      consecutive = indices[i] > indices[i - 1] && indices[i] - indices[i - 1] == 1;
    }
    this.range = consecutive;
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
    int[] indices = new int[to - from];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = from + i;
    }
    return new Slots(indices);
  }

  /**
   * Chosen slots.
   *
   * @param indices at least one, none negative, each at most once
   * @return the slots
   * @throws IllegalArgumentException if there is none, a negative one, or one twice
   */
  public static Slots of(int... indices) {
    Slots slots = new Slots(indices.clone());
    if (indices.length == 0 || indices[0] < 0 || (!slots.range && slots.isRefused())) {
      throw new IllegalArgumentException(
          "Slots must be at least one, none negative, each at most once, but are "
              + Arrays.toString(indices)
              + ".");
    }
    return slots;
  }

  private boolean isRefused() {
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
    return indices.length;
  }

  /**
   * One of them.
   *
   * @param i from 0 to {@code count() - 1}
   * @return its index in the memory
   */
  public int get(int i) {
    return indices[i];
  }

  /**
   * Whether they are consecutive, so that rows need not be gathered.
   *
   * @return true if each is one above the one before
   */
  public boolean isRange() {
    return range;
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
    return IntStream.range(0, indices.length)
        .filter(i -> Arrays.binarySearch(sorted, indices[i]) < 0)
        .toArray();
  }

  /**
   * Some of them.
   *
   * @param from place of the first
   * @param to the place after the last, above {@code from}
   * @return the slots; these, if it is all of them
   */
  public Slots part(int from, int to) {
    return from == 0 && to == indices.length ? this : of(Arrays.copyOfRange(indices, from, to));
  }

  /** All of them, in the array that must stay as it is. */
  int[] indices() {
    return indices;
  }

  /**
   * All of them.
   *
   * @return a new array
   */
  public int[] toArray() {
    return indices.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slots slots && Arrays.equals(indices, slots.indices);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(indices);
  }

  @Override
  public String toString() {
    return range
        ? "Slots[" + indices[0] + ".." + indices[indices.length - 1] + "]"
        : "Slots" + Arrays.toString(indices);
  }
}
