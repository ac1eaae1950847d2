package io.nnem.credit.freshening;

import io.nnem.credit.Freshening;
import io.nnem.memory.Slots;

/** Freshens slots in turn, whatever they hold: no key grows staler than a round takes. */
public final class RoundRobin implements Freshening {

  private int next;

  /** Starts with slot 0. */
  public RoundRobin() {}

  @Override
  public Slots choose(int count, int size, long version) {
    int[] slots = new int[count];
    for (int i = 0; i < count; i++) {
      slots[i] = (next + i) % size;
    }
    return Slots.of(slots);
  }

  @Override
  public void renewed(Slots slots, long version, boolean freshened) {
    if (freshened) {
      next = slots.get(slots.count() - 1) + 1;
    }
  }
}
