package io.nnem.memory.recall;

import io.nnem.core.GrowingRows;
import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;
import java.util.stream.IntStream;

/**
 * A memory's keys in cells of keys that point the same way: about twice the root of their number,
 * so that ranking cells and scanning some of them cost about the same. Cells follow the keys: their
 * centroids are running means of what is put into them, cells that grow are split, cells that
 * shrink are dissolved into others, and with each write some memories are looked at again. A write
 * costs a constant number of comparisons of keys with centroids; nothing is ever built anew.
 */
final class Partition<T> implements Stateful, AutoCloseable {

  /** Keys that are put into cells at a time: between them cells are split. */
  private static final int CHUNK = 256;

  /** Of keys that are replaced at once, those that may change cells. */
  private static final int MOST_MOVES = 256;

  /** Memories that splits and dissolutions of one chunk may move, but for the last of them. */
  private static final int MOST_REORDERED = 4 * CHUNK;

  private static final int FEWEST_OF_CELL = 4;

  private final Memory<T> memory;
  private final GrowingRows<T> room;
  private final Cells cells;
  private final Centroids<T> centroids;
  private long cursor; // slots that were looked at again, ever

  Partition(Tensors<T> tensors, Memory<T> memory) {
    this.memory = memory;
    this.room = new GrowingRows<>(tensors, memory.keySize());
    this.cells = new Cells(memory.capacity(), memory.keySize());
    this.centroids = new Centroids<>(tensors, memory.keySize());
  }

  Cells cells() {
    return cells;
  }

  Centroids<T> centroids() {
    return centroids;
  }

  /** Takes in memories that were written; those that they replaced are gone. */
  void write(Slots slots) {
    for (int i = 0; i < slots.count(); i++) {
      cells.remove(slots.get(i));
    }
    for (int from = 0; from < slots.count(); from += CHUNK) {
      int to = Math.min(from + CHUNK, slots.count());
      Slots some = slots.part(from, to);
      put(some, memory.keys(some, room));
      look(some.count());
      reorder();
    }
  }

  /** Keys moved. Codes and centroids follow all of them, and some change cells at once. */
  void replace(Slots slots) {
    for (int from = 0; from < slots.count(); from += CHUNK) {
      Slots some = slots.part(from, Math.min(from + CHUNK, slots.count()));
      float[] directions = centroids.directions(memory.keys(some, room));
      for (int i = 0; i < some.count(); i++) {
        int cell = cells.of(some.get(i));
        cells.put(cell, some.get(i), directions, i);
        centroids.approach(cell, directions, i, 1f / cells.size(cell));
      }
    }
    centroids.publish();
    int moves = Math.min(MOST_MOVES, slots.count());
    int from = (int) (cursor % (slots.count() - moves + 1));
    Slots some = slots.part(from, from + moves);
    put(some, memory.keys(some, room));
    cursor += moves;
    reorder();
  }

  void clear(Slots slots) {
    for (int i = 0; i < slots.count(); i++) {
      cells.remove(slots.get(i));
    }
    reorder();
  }

  /** Some slots, in turn: for their memories another cell may have become the nearest. */
  private void look(int count) {
    int from = (int) (cursor % memory.end());
    int to = Math.min(from + count, memory.end());
    cursor += to - from;
    int[] some = IntStream.range(from, to).filter(memory::holds).toArray();
    if (some.length > 0) {
      Slots slots = Slots.of(some);
      put(slots, memory.keys(slots, room));
    }
  }

  /** Puts each memory into the cell that is nearest to its key, if it is not there. */
  private void put(Slots slots, T keys) {
    if (cells.count() == 0) {
      make();
      centroids.publish();
    }
    int[] nearest = new int[slots.count()];
    centroids.nearest(keys, 1, nearest, new float[slots.count()]);
    float[] directions = null;
    for (int i = 0; i < nearest.length; i++) {
      if (cells.of(slots.get(i)) != nearest[i]) {
        directions = directions == null ? centroids.directions(keys) : directions;
        cells.put(nearest[i], slots.get(i), directions, i);
        centroids.approach(nearest[i], directions, i, 1f / cells.size(nearest[i]));
      }
    }
    centroids.publish();
  }

  /** Splits what is too large, and dissolves what is too small. */
  private void reorder() {
    for (int cell = cells.count() - 1; cell >= 0; cell--) {
      if (cells.size(cell) == 0) {
        drop(cell);
      }
    }
    double usual = Math.max(FEWEST_OF_CELL, Math.sqrt(memory.size()) / 2);
    int moved = 0;
    for (int cell = cells.count() - 1; cell >= 0 && moved < MOST_REORDERED; cell--) {
      if (cells.size(cell) < usual / 4 && cells.count() > 1) {
        moved += cells.size(cell);
        dissolve(cell);
      }
    }
    for (int cell = 0; cell < cells.count() && moved < MOST_REORDERED; cell++) {
      while (cells.size(cell) > 2 * usual && moved < MOST_REORDERED) {
        moved += cells.size(cell);
        split(cell);
      }
    }
    centroids.publish();
  }

  private int make() {
    centroids.add();
    return cells.make();
  }

  private void drop(int cell) {
    cells.drop(cell);
    centroids.drop(cell);
  }

  private void dissolve(int cell) {
    int[] members = cells.slots(cell);
    for (int member : members) {
      cells.remove(member);
    }
    drop(cell);
    centroids.publish();
    Slots slots = Slots.of(members);
    put(slots, memory.keys(slots, room));
  }

  private void split(int cell) {
    int[] members = cells.slots(cell);
    float[] directions = centroids.directions(memory.keys(Slots.of(members), room));
    int[] order = new int[members.length];
    int staying = TwoMeans.divide(directions, memory.keySize(), order);
    int other = make();
    for (int i = staying; i < order.length; i++) {
      cells.put(other, members[order[i]], directions, order[i]);
    }
    centroids.set(cell, directions, order, 0, staying);
    centroids.set(other, directions, order, staying, order.length);
  }

  @Override
  public void save(StateWriter out) {
    out.ints("cell-of", cells.state());
    out.part("centroids", centroids);
    out.longs("looked-at", cursor);
  }

  @Override
  public void load(StateReader in) {
    in.part("centroids", centroids);
    cells.restore(in.ints("cell-of", memory.capacity()), centroids.count());
    cursor = in.number("looked-at", 0, Long.MAX_VALUE / 2);
    for (int slot = 0; slot < memory.capacity(); slot++) {
      if (memory.holds(slot) != (cells.of(slot) != Cells.NONE)) {
        throw new StateException(
            memory.holds(slot)
                ? "The memory in slot " + slot + " is in no cell."
                : "Slot " + slot + " is in cell " + cells.of(slot) + ", but holds no memory.");
      }
    }
    for (int cell = 0; cell < cells.count(); cell++) {
      int[] members = cells.slots(cell);
      float[] directions = centroids.directions(memory.keys(Slots.of(members), room));
      for (int i = 0; i < members.length; i++) {
        cells.put(cell, members[i], directions, i);
      }
    }
  }

  @Override
  public void close() {
    room.close();
    centroids.close();
  }
}
