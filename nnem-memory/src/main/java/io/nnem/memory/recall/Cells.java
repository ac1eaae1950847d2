package io.nnem.memory.recall;

import io.nnem.core.StateException;
import java.util.Arrays;

/**
 * Which slots each cell has, ascending, and which cell each slot is in: one, or none. Numbers of
 * cells have no gaps: when a cell is dropped, the last one takes its number.
 */
final class Cells {

  static final int NONE = -1;

  private final int[] cellOf;
  private int[][] slots = new int[4][];
  private int[] sizes = new int[4];
  private int count;

  Cells(int capacity) {
    cellOf = new int[capacity];
    Arrays.fill(cellOf, NONE);
  }

  int count() {
    return count;
  }

  int size(int cell) {
    return sizes[cell];
  }

  /** The cell that a slot is in, or {@link #NONE}. */
  int of(int slot) {
    return cellOf[slot];
  }

  int[] slots(int cell) {
    return Arrays.copyOf(slots[cell], sizes[cell]);
  }

  /** Copies the slots of a cell into an array; gives the place after the last. */
  int copy(int cell, int[] to, int place) {
    System.arraycopy(slots[cell], 0, to, place, sizes[cell]);
    return place + sizes[cell];
  }

  /** Makes an empty cell; gives its number. */
  int make() {
    if (count == sizes.length) {
      slots = Arrays.copyOf(slots, 2 * count);
      sizes = Arrays.copyOf(sizes, 2 * count);
    }
    slots[count] = new int[8];
    sizes[count] = 0;
    return count++;
  }

  /** Drops an empty cell. */
  void drop(int cell) {
    count--;
    slots[cell] = slots[count];
    sizes[cell] = sizes[count];
    slots[count] = null;
    for (int i = 0; i < sizes[cell] && cell < count; i++) {
      cellOf[slots[cell][i]] = cell;
    }
  }

  /** Puts a slot into a cell, wherever it was before. */
  void put(int cell, int slot) {
    remove(slot);
    int[] list = slots[cell];
    int size = sizes[cell]++;
    if (size == list.length) {
      list = Arrays.copyOf(list, size + size / 2 + 1);
      slots[cell] = list;
    }
    int place = size;
    if (size > 0 && list[size - 1] > slot) { // the newest slot is often the highest
      place = -1 - Arrays.binarySearch(list, 0, size, slot);
      System.arraycopy(list, place, list, place + 1, size - place);
    }
    list[place] = slot;
    cellOf[slot] = cell;
  }

  /** Takes a slot out of its cell, if it is in one. */
  void remove(int slot) {
    int cell = cellOf[slot];
    if (cell == NONE) {
      return;
    }
    int[] list = slots[cell];
    int place = Arrays.binarySearch(list, 0, sizes[cell], slot);
    int size = --sizes[cell];
    System.arraycopy(list, place + 1, list, place, size - place);
    cellOf[slot] = NONE;
  }

  /** The cell of each slot, which is all there is to know. */
  int[] state() {
    return cellOf.clone();
  }

  /** Takes over what {@link #state} gave, of so many cells. */
  void restore(int[] state, int cells) {
    int[] sizesToBe = new int[cells];
    for (int slot = 0; slot < state.length; slot++) {
      if (state[slot] < NONE || state[slot] >= cells) {
        throw new StateException(
            "The memory in slot " + slot + " is in cell " + state[slot] + " of " + cells + ".");
      }
      if (state[slot] != NONE) {
        sizesToBe[state[slot]]++;
      }
    }
    slots = new int[Math.max(4, cells)][];
    sizes = new int[slots.length];
    count = cells;
    for (int cell = 0; cell < cells; cell++) {
      if (sizesToBe[cell] == 0) {
        throw new StateException("Cell " + cell + " of " + cells + " is empty.");
      }
      slots[cell] = new int[sizesToBe[cell]];
    }
    Arrays.fill(cellOf, NONE);
    for (int slot = 0; slot < state.length; slot++) {
      if (state[slot] != NONE) {
        put(state[slot], slot);
      }
    }
  }
}
