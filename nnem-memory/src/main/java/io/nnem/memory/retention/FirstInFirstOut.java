package io.nnem.memory.retention;

import io.nnem.memory.Retention;
import io.nnem.memory.Slots;

/** Gives up the oldest memory: slots are taken in turn. */
public final class FirstInFirstOut implements Retention {

  private final int capacity;
  private int next;

  /**
   * Creates the policy of an empty memory.
   *
   * @param capacity slots of the memory, at least 1
   */
  public FirstInFirstOut(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public Slots choose(int count) {
    if (count <= capacity - next) {
      return Slots.range(next, next + count);
    }
    int[] slots = new int[count];
    for (int i = 0; i < count; i++) {
      slots[i] = (next + i) % capacity;
    }
    return Slots.of(slots);
  }

  @Override
  public void written(Slots slots) {
    next = (slots.get(slots.count() - 1) + 1) % capacity;
  }
}
