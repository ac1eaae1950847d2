package io.nnem.memory.eviction;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import java.util.Arrays;

/**
 * Gives up the memories of the lowest worth; of those with equal worth the one that was written
 * first. A choice takes {@code O(capacity + n log n)} time where {@code n} are given up, and more
 * only if worths come in descending order.
 */
abstract class LowestFirst<T> implements EvictionPolicy<T> {

  private static final long FREE = -1;

  private final Tensors<T> tensors;
  private final double[] worths;
  private final long[] order;
  private long written;
  private int size;

  LowestFirst(EvictionContext<T> context) {
    this.tensors = context.tensors();
    this.worths = new double[context.memory().capacity()];
    this.order = new long[worths.length];
    Arrays.fill(order, FREE);
  }

  /** The worth of memory {@code row} of those that are being written. */
  abstract double worthOfNew(int row);

  /** Memories in use. */
  final int size() {
    return size;
  }

  /** The sum of all worths, in the order of the slots. */
  final double sumOfWorths() {
    double sum = 0;
    for (int slot = 0; slot < worths.length; slot++) {
      sum += order[slot] == FREE ? 0 : worths[slot];
    }
    return sum;
  }

  final void scaleWorths(double factor) {
    for (int slot = 0; slot < worths.length; slot++) {
      worths[slot] *= factor;
    }
  }

  final double worth(int slot) {
    return worths[slot];
  }

  final void setWorth(int slot, double worth) {
    worths[slot] = worth;
  }

  /** The weights of a reading, {@code n x 1}. */
  final float[] numbers(T weights) {
    float[] numbers = new float[tensors.rows(weights)];
    tensors.copyOut(weights, numbers);
    return numbers;
  }

  /** A heap whose root is the best of the worst so far. */
  @Override
  public final Slots evict(int count, T keys, T values) {
    int[] heap = new int[count];
    int held = 0;
    for (int slot = 0; slot < worths.length; slot++) {
      if (order[slot] == FREE) {
        continue;
      }
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
    return Slots.of(
        Arrays.stream(heap)
            .boxed()
            .sorted((a, b) -> goesBefore(a, b) ? -1 : goesBefore(b, a) ? 1 : 0)
            .mapToInt(Integer::intValue)
            .toArray());
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

  /** Whether memory {@code a} is given up before memory {@code b}. */
  private boolean goesBefore(int a, int b) {
    return worths[a] < worths[b] || (worths[a] == worths[b] && order[a] < order[b]);
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    double[] theirs = new double[slots.count()];
    Arrays.setAll(theirs, this::worthOfNew);
    for (int i = 0; i < theirs.length; i++) {
      int slot = slots.get(i);
      size += order[slot] == FREE ? 1 : 0;
      worths[slot] = theirs[i];
      order[slot] = written++;
    }
  }

  @Override
  public void onClear(Slots slots) {
    for (int i = 0; i < slots.count(); i++) {
      order[slots.get(i)] = FREE;
      worths[slots.get(i)] = 0;
    }
    size -= slots.count();
  }

  @Override
  public void save(StateWriter out) {
    out.doubles("worths", worths);
    out.longs("order", order);
    out.longs("written", written);
  }

  @Override
  public void load(StateReader in) {
    System.arraycopy(in.doubles("worths", worths.length), 0, worths, 0, worths.length);
    System.arraycopy(in.longs("order", order.length), 0, order, 0, order.length);
    written = in.number("written", 0, Long.MAX_VALUE);
    size = (int) Arrays.stream(order).filter(each -> each != FREE).count();
  }
}
