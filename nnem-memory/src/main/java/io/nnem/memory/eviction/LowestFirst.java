package io.nnem.memory.eviction;

import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Gives up the memories of the lowest worth; of those with equal worth the one that was written
 * first. They are in a heap: a memory that is written, cleared or gets another worth takes {@code
 * O(log N)} time, and the choice of {@code n} takes {@code O(n log n)}.
 */
abstract class LowestFirst<T> implements EvictionPolicy<T> {

  private static final long FREE = -1;

  private final Tensors<T> tensors;
  private final Memory<T> memory;
  private final double[] worths;
  private final long[] order;
  private final int[] heap; // of slots; the children of i are at 2 i + 1 and 2 i + 2
  private final int[] placeOf;
  private long written;
  private int size;

  LowestFirst(EvictionContext<T> context) {
    this.tensors = context.tensors();
    this.memory = context.memory();
    this.worths = new double[memory.capacity()];
    this.order = new long[worths.length];
    this.heap = new int[worths.length];
    this.placeOf = new int[worths.length];
    Arrays.fill(order, FREE);
  }

  /** The worth of memory {@code row} of those that are being written. */
  abstract double worthOfNew(int row);

  /** Memories in use. */
  final int size() {
    return size;
  }

  final double sumOfWorths() {
    return Arrays.stream(worths).sum();
  }

  /** What a memory is worth; 0 of a free slot. */
  final double worth(int slot) {
    return worths[slot];
  }

  /** Gives a memory another worth. */
  final void setWorth(int slot, double worth) {
    double before = worths[slot];
    worths[slot] = worth;
    if (worth < before) {
      rise(placeOf[slot], slot);
    } else {
      sink(placeOf[slot], slot);
    }
  }

  /** Multiplies all worths by a number above 0, which leaves their order as it is. */
  final void scaleWorths(double factor) {
    for (int i = 0; i < size; i++) {
      worths[heap[i]] *= factor;
    }
    for (int i = size / 2 - 1; i >= 0; i--) { // but for those that rounding made equal
      sink(i, heap[i]);
    }
  }

  /** The weights of a reading, {@code n x 1}. */
  final float[] numbers(T weights) {
    float[] numbers = new float[tensors.rows(weights)];
    tensors.copyOut(weights, numbers);
    return numbers;
  }

  /** The least of those whose parents were chosen, again and again: the heap stays as it is. */
  @Override
  public final Slots evict(int count, T keys, T values) {
    int[] chosen = new int[count];
    int[] next = new int[count + 1]; // places in the heap, a heap themselves
    int waiting = 0;
    next[waiting++] = 0;
    for (int i = 0; i < count; i++) {
      int place = next[0];
      chosen[i] = heap[place];
      sinkPlace(next, --waiting, next[waiting]);
      for (int child = 2 * place + 1; child <= 2 * place + 2 && child < size; child++) {
        risePlace(next, waiting++, child);
      }
    }
    return Slots.of(chosen);
  }

  private void risePlace(int[] places, int from, int place) {
    int at = from;
    while (at > 0 && goesBefore(heap[place], heap[places[(at - 1) / 2]])) {
      places[at] = places[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    places[at] = place;
  }

  private void sinkPlace(int[] places, int count, int place) {
    int at = 0;
    for (int child = 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && goesBefore(heap[places[child + 1]], heap[places[child]])) {
        child++;
      }
      if (!goesBefore(heap[places[child]], heap[place])) {
        break;
      }
      places[at] = places[child];
      at = child;
    }
    places[at] = place;
  }

  private void rise(int from, int slot) {
    int at = from;
    while (at > 0 && goesBefore(slot, heap[(at - 1) / 2])) {
      put(heap[(at - 1) / 2], at);
      at = (at - 1) / 2;
    }
    put(slot, at);
  }

  private void sink(int from, int slot) {
    int at = from;
    for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && goesBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!goesBefore(heap[child], slot)) {
        break;
      }
      put(heap[child], at);
      at = child;
    }
    put(slot, at);
  }

  private void put(int slot, int place) {
    heap[place] = slot;
    placeOf[slot] = place;
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
      remove(slots.get(i));
    }
    for (int i = 0; i < theirs.length; i++) {
      add(slots.get(i), theirs[i], written++);
    }
  }

  private void add(int slot, double worth, long when) {
    worths[slot] = worth;
    order[slot] = when;
    rise(size++, slot);
  }

  /** Takes a memory out, if it is there. */
  private void remove(int slot) {
    if (order[slot] == FREE) {
      return;
    }
    int place = placeOf[slot];
    int last = heap[--size];
    if (last != slot) {
      rise(place, last);
      sink(placeOf[last], last);
    }
    order[slot] = FREE;
    worths[slot] = 0;
  }

  @Override
  public void onClear(Slots slots) {
    for (int i = 0; i < slots.count(); i++) {
      remove(slots.get(i));
    }
  }

  @Override
  public void save(StateWriter out) {
    out.doubles("worths", worths);
    out.longs("order", order);
    out.longs("written", written);
  }

  @Override
  public void load(StateReader in) {
    double[] loaded = in.doubles("worths", worths.length);
    long[] when = in.longs("order", order.length);
    written = in.number("written", 0, Long.MAX_VALUE);
    memory.requireAllInUse(
        "The order of memories",
        IntStream.range(0, when.length).filter(slot -> when[slot] != FREE).toArray());
    size = 0;
    Arrays.fill(order, FREE);
    Arrays.fill(worths, 0);
    for (int slot = 0; slot < when.length; slot++) {
      if (when[slot] < FREE || when[slot] >= written || Double.isNaN(loaded[slot])) {
        throw new StateException(
            "The memory in slot "
                + slot
                + " was number "
                + when[slot]
                + " of "
                + written
                + ", and is worth "
                + loaded[slot]
                + ".");
      }
      if (when[slot] != FREE) {
        add(slot, loaded[slot], when[slot]);
      }
    }
  }
}
