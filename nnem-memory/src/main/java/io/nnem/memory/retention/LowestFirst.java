package io.nnem.memory.retention;

import io.nnem.memory.Retention;
import io.nnem.memory.Slots;
import java.util.Arrays;

/**
 * Gives up the memories of the lowest worth; of those with equal worth the one that was written
 * first. Free slots are taken from the lowest on. A choice takes {@code O(capacity + n log n)} time
 * where {@code n} are given up, and more only if worths come in descending order.
 */
abstract class LowestFirst implements Retention {

  private final int capacity;
  private final double[] worths;
  private final long[] order;
  private long written;
  private int size;

  LowestFirst(int capacity) {
    this.capacity = capacity;
    this.worths = new double[capacity];
    this.order = new long[capacity];
  }

  /** The worth of a memory that is about to be written. */
  abstract double newcomersWorth();

  final int size() {
    return size;
  }

  final double worth(int slot) {
    return worths[slot];
  }

  final void setWorth(int slot, double worth) {
    worths[slot] = worth;
  }

  @Override
  public final Slots choose(int count) {
    int free = Math.min(count, capacity - size);
    int[] slots = new int[count];
    for (int i = 0; i < free; i++) {
      slots[i] = size + i;
    }
    int[] lowest = lowest(count - free);
    System.arraycopy(lowest, 0, slots, free, lowest.length);
    return Slots.of(slots);
  }

  /** A heap whose root is the best of the worst so far. */
  private int[] lowest(int count) {
    int[] heap = new int[count];
    int held = 0;
    for (int slot = 0; slot < size && count > 0; slot++) {
      if (held < count) {
        heap[held] = slot;
        rise(heap, held);
        held++;
      } else if (goesBefore(slot, heap[0])) {
        heap[0] = slot;
        sink(heap, held);
      }
    }
    // sorted, so that a choice is the start of any larger choice
    return Arrays.stream(heap)
        .boxed()
        .sorted((a, b) -> goesBefore(a, b) ? -1 : 1)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void rise(int[] heap, int from) {
    int at = from;
    while (at > 0 && goesBefore(heap[(at - 1) / 2], heap[at])) {
      swap(heap, at, (at - 1) / 2);
      at = (at - 1) / 2;
    }
  }

  private void sink(int[] heap, int held) {
    int at = 0;
    while (true) {
      int last = at;
      for (int child = 2 * at + 1; child <= 2 * at + 2 && child < held; child++) {
        last = goesBefore(heap[last], heap[child]) ? child : last;
      }
      if (last == at) {
        return;
      }
      swap(heap, at, last);
      at = last;
    }
  }

  private static void swap(int[] heap, int a, int b) {
    int slot = heap[a];
    heap[a] = heap[b];
    heap[b] = slot;
  }

  /** Whether memory {@code a} is given up before memory {@code b}; they are not the same. */
  private boolean goesBefore(int a, int b) {
    return worths[a] < worths[b] || (worths[a] == worths[b] && order[a] < order[b]);
  }

  @Override
  public final void written(Slots slots) {
    double worth = newcomersWorth();
    for (int i = 0; i < slots.count(); i++) {
      int slot = slots.get(i);
      worths[slot] = worth;
      order[slot] = written++;
      size = Math.max(size, slot + 1);
    }
  }
}
