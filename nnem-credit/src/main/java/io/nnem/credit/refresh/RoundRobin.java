package io.nnem.credit.refresh;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.memory.Slots;

/** Freshens memories in turn, whatever they hold: no key grows staler than a round takes. */
final class RoundRobin implements RefreshPolicy {

  private int next; // the slot from which on the next round looks

  @Override
  public Slots choose(int count, Slots occupied, long version) {
    int from = 0;
    if (occupied.isRange()) {
      from = next % occupied.count();
    } else {
      while (from < occupied.count() && occupied.get(from) < next) {
        from++;
      }
    }
    int[] slots = new int[count];
    for (int i = 0; i < count; i++) {
      slots[i] = occupied.get((from + i) % occupied.count());
    }
    return Slots.of(slots);
  }

  @Override
  public void written(Slots slots, long version) {}

  @Override
  public void refreshed(Slots slots, long version) {
    next = slots.get(slots.count() - 1) + 1;
  }

  @Override
  public void save(StateWriter out) {
    out.ints("next", next);
  }

  @Override
  public void load(StateReader in) {
    next = Math.max(0, in.ints("next", 1)[0]);
  }
}
