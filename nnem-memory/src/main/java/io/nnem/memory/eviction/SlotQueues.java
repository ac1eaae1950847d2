package io.nnem.memory.eviction;

import io.nnem.core.StateException;
import java.util.Arrays;

/** Queues of slots, each slot in at most one of them; every operation takes constant time. */
final class SlotQueues {

  private static final int NONE = -1;

  private final int[] next;
  private final int[] previous;
  private final int[] queueOf;
  private final int[] first;
  private final int[] last;
  private final int[] sizes;

  SlotQueues(int capacity, int queues) {
    next = new int[capacity];
    previous = new int[capacity];
    queueOf = new int[capacity];
    first = new int[queues];
    last = new int[queues];
    sizes = new int[queues];
    Arrays.fill(queueOf, NONE);
    Arrays.fill(first, NONE);
    Arrays.fill(last, NONE);
  }

  int size(int queue) {
    return sizes[queue];
  }

  /** The slot that has been in a queue for the longest time, or -1. */
  int first(int queue) {
    return first[queue];
  }

  /** The slot that came after another of the same queue, or -1. */
  int after(int slot) {
    return next[slot];
  }

  /** Puts a slot at the end of a queue, wherever it was before. */
  void add(int queue, int slot) {
    remove(slot);
    queueOf[slot] = queue;
    next[slot] = NONE;
    previous[slot] = last[queue];
    if (last[queue] == NONE) {
      first[queue] = slot;
    } else {
      next[last[queue]] = slot;
    }
    last[queue] = slot;
    sizes[queue]++;
  }

  /** Takes a slot out of its queue, if it is in one. */
  void remove(int slot) {
    int queue = queueOf[slot];
    if (queue == NONE) {
      return;
    }
    if (previous[slot] == NONE) {
      first[queue] = next[slot];
    } else {
      next[previous[slot]] = next[slot];
    }
    if (next[slot] == NONE) {
      last[queue] = previous[slot];
    } else {
      previous[next[slot]] = previous[slot];
    }
    queueOf[slot] = NONE;
    sizes[queue]--;
  }

  /** The slots of all queues, one queue after the other, each in its order. */
  int[] slots() {
    int[] slots = new int[Arrays.stream(sizes).sum()];
    int at = 0;
    for (int queue = 0; queue < first.length; queue++) {
      for (int slot = first[queue]; slot != NONE; slot = next[slot]) {
        slots[at++] = slot;
      }
    }
    return slots;
  }

  /** How many slots each queue has. */
  int[] sizes() {
    return sizes.clone();
  }

  /** Takes over what {@link #slots} and {@link #sizes} returned; the slots are in order. */
  void restore(int[] slots, int[] newSizes) {
    if (Arrays.stream(newSizes).anyMatch(count -> count < 0)
        || Arrays.stream(newSizes).asLongStream().sum() != slots.length) {
      throw new StateException(
          "Queues of " + Arrays.toString(newSizes) + " memories are not of " + slots.length + ".");
    }
    for (int slot = 0; slot < queueOf.length; slot++) {
      remove(slot);
    }
    int at = 0;
    for (int queue = 0; queue < newSizes.length; queue++) {
      for (int i = 0; i < newSizes[queue]; i++) {
        add(queue, slots[at++]);
      }
    }
  }
}
