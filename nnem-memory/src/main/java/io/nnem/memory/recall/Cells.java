package io.nnem.memory.recall;

import io.nnem.core.StateException;
import java.util.Arrays;

/**
 * Which slots each cell has, ascending, with a code of each key beside, and which cell each slot is
 * in: one, or none. Numbers of cells have no gaps: when a cell is dropped, the last one takes its
 * number.
 *
 * <p>A code is a key's direction in signed bytes, of which the largest is 127 or -127. Codes of a
 * cell lie one after the other, so that they are scanned much faster than keys, which lie anywhere.
 */
final class Cells {

  static final int NONE = -1;

  private static final int FEWEST = 8;

  private final int[] cellOf;
  private final int width;
  private int[][] slots = new int[4][];
  private byte[][] codes = new byte[4][];
  private int[] sizes = new int[4];
  private int count;

  /**
   * No cell yet.
   *
   * @param width bytes of a code
   */
  Cells(int capacity, int width) {
    this.width = width;
    cellOf = new int[capacity];
    Arrays.fill(cellOf, NONE);
  }

  int count() {
    return count;
  }

  int size(int cell) {
    return sizes[cell];
  }

  /** How many slots each cell has; not to be written to. */
  int[] sizes() {
    return sizes;
  }

  /** The codes of each cell; not to be written to. */
  byte[][] codes() {
    return codes;
  }

  /** The cell that a slot is in, or {@link #NONE}. */
  int of(int slot) {
    return cellOf[slot];
  }

  int slot(int cell, int place) {
    return slots[cell][place];
  }

  int[] slots(int cell) {
    return Arrays.copyOf(slots[cell], sizes[cell]);
  }

  /** Makes an empty cell; gives its number. */
  int make() {
    if (count == sizes.length) {
      slots = Arrays.copyOf(slots, 2 * count);
      codes = Arrays.copyOf(codes, 2 * count);
      sizes = Arrays.copyOf(sizes, 2 * count);
    }
    slots[count] = new int[FEWEST];
    codes[count] = new byte[FEWEST * width];
    sizes[count] = 0;
    return count++;
  }

  /** Drops an empty cell. */
  void drop(int cell) {
    count--;
    slots[cell] = slots[count];
    codes[cell] = codes[count];
    sizes[cell] = sizes[count];
    slots[count] = null;
    codes[count] = null;
    for (int i = 0; i < sizes[cell] && cell < count; i++) {
      cellOf[slots[cell][i]] = cell;
    }
  }

  /**
   * Puts a slot into a cell, wherever it was before, or gives it another code there.
   *
   * @param directions rows, one of which is the key's
   */
  void put(int cell, int slot, float[] directions, int row) {
    if (cellOf[slot] == cell) {
      encode(directions, row, codes[cell], place(cell, slot));
      return;
    }
    remove(slot);
    int size = sizes[cell]++;
    if (size == slots[cell].length) {
      int larger = size + size / 4 + FEWEST;
      slots[cell] = Arrays.copyOf(slots[cell], larger);
      codes[cell] = Arrays.copyOf(codes[cell], larger * width);
    }
    int[] list = slots[cell];
    byte[] theirs = codes[cell];
    int place = size;
    if (size > 0 && list[size - 1] > slot) { // the newest slot is often the highest
      place = -1 - Arrays.binarySearch(list, 0, size, slot);
      System.arraycopy(list, place, list, place + 1, size - place);
      System.arraycopy(theirs, place * width, theirs, (place + 1) * width, (size - place) * width);
    }
    list[place] = slot;
    encode(directions, row, theirs, place);
    cellOf[slot] = cell;
  }

  private int place(int cell, int slot) {
    return Arrays.binarySearch(slots[cell], 0, sizes[cell], slot);
  }

  private void encode(float[] directions, int row, byte[] to, int place) {
    float largest = 0;
    for (int j = row * width; j < (row + 1) * width; j++) {
      largest = Math.max(largest, Math.abs(directions[j]));
    }
    float scale = largest == 0 ? 0 : Byte.MAX_VALUE / largest;
    for (int j = 0; j < width; j++) {
      to[place * width + j] = (byte) Math.round(scale * directions[row * width + j]);
    }
  }

  /** Takes a slot out of its cell, if it is in one. */
  void remove(int slot) {
    int cell = cellOf[slot];
    if (cell == NONE) {
      return;
    }
    int place = place(cell, slot);
    int after = --sizes[cell] - place;
    System.arraycopy(slots[cell], place + 1, slots[cell], place, after);
    System.arraycopy(codes[cell], (place + 1) * width, codes[cell], place * width, after * width);
    cellOf[slot] = NONE;
  }

  /** The cell of each slot: all there is to know but for the codes, which the keys tell. */
  int[] state() {
    return cellOf.clone();
  }

  /** Takes over what {@link #state} gave, of so many cells; codes are to be put again. */
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
    codes = new byte[slots.length][];
    sizes = new int[slots.length];
    count = cells;
    for (int cell = 0; cell < cells; cell++) {
      if (sizesToBe[cell] == 0) {
        throw new StateException("Cell " + cell + " of " + cells + " is empty.");
      }
      slots[cell] = new int[sizesToBe[cell]];
      codes[cell] = new byte[sizesToBe[cell] * width];
    }
    for (int slot = 0; slot < state.length; slot++) {
      cellOf[slot] = state[slot];
      if (state[slot] != NONE) {
        slots[state[slot]][sizes[state[slot]]++] = slot;
      }
    }
  }
}
