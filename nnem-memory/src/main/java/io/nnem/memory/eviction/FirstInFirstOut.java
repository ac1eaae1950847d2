package io.nnem.memory.eviction;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;

/**
 * Gives up the memory that was written first.
 *
 * @param <T> the matrix type
 */
public final class FirstInFirstOut<T> implements EvictionPolicy<T> {

  private final Memory<T> memory;
  private final SlotQueues queue;

  /**
   * Creates the policy of an empty memory.
   *
   * @param context the memory
   */
  public FirstInFirstOut(EvictionContext<T> context) {
    this.memory = context.memory();
    this.queue = new SlotQueues(memory.capacity(), 1);
  }

  @Override
  public Slots evict(int count, T keys, T values) {
    int first = queue.first(0);
    int slot = first;
    int consecutive = 1;
    while (consecutive < count && queue.after(slot) == slot + 1) {
      slot = queue.after(slot);
      consecutive++;
    }
    if (consecutive == count) {
      return Slots.range(first, first + count);
    }
    int[] slots = new int[count];
    slot = first;
    for (int i = 0; i < count; i++) {
      slots[i] = slot;
      slot = queue.after(slot);
    }
    return Slots.of(slots);
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    for (int i = 0; i < slots.count(); i++) {
      queue.add(0, slots.get(i));
    }
  }

  @Override
  public void onClear(Slots slots) {
    for (int i = 0; i < slots.count(); i++) {
      queue.remove(slots.get(i));
    }
  }

  @Override
  public void save(StateWriter out) {
    out.ints("queue", queue.slots());
  }

  @Override
  public void load(StateReader in) {
    int[] slots = in.ints("queue", (int) in.length("queue"));
    memory.requireAllInUse("The queue of memories", slots);
    queue.restore(slots, new int[] {slots.length});
  }
}
