package io.nnem.memory.eviction;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;

/**
 * Gives up the oldest memory of the class that has the most, new memories counted in, so that no
 * class drives out another: what continual learning asks of a memory (Chrysakis and Moens 2020,
 * Online Continual Learning from Imbalanced Data). A memory's class is the largest element of its
 * value. Of classes with as many memories the first gives one up.
 *
 * @param <T> the matrix type
 */
public final class ClassBalanced<T> implements EvictionPolicy<T> {

  private final Tensors<T> tensors;
  private final Memory<T> memory;
  private final SlotQueues queues;
  private final int classes;

  /**
   * Creates the policy of an empty memory.
   *
   * @param context the memory, whose values have an element for each class
   */
  public ClassBalanced(EvictionContext<T> context) {
    this.tensors = context.tensors();
    this.classes = context.memory().valueSize();
    this.memory = context.memory();
    this.queues = new SlotQueues(memory.capacity(), classes);
  }

  private int[] classesOf(T values) {
    int[] found = new int[tensors.rows(values)];
    tensors.argMaxRows(values, found);
    return found;
  }

  @Override
  public Slots evict(int count, T keys, T values) {
    int[] sizes = queues.sizes();
    int[] next = new int[classes];
    for (int each = 0; each < classes; each++) {
      next[each] = queues.first(each);
    }
    for (int each : classesOf(values)) {
      sizes[each]++;
    }
    int[] slots = new int[count];
    for (int i = 0; i < count; i++) {
      int largest = -1;
      for (int each = 0; each < classes; each++) {
        if (next[each] >= 0 && (largest < 0 || sizes[each] > sizes[largest])) {
          largest = each;
        }
      }
      slots[i] = next[largest];
      next[largest] = queues.after(next[largest]);
      sizes[largest]--;
    }
    return Slots.of(slots);
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    onReplaceValues(slots, values);
  }

  @Override
  public void onReplaceValues(Slots slots, T values) {
    int[] found = classesOf(values);
    for (int i = 0; i < found.length; i++) {
      queues.add(found[i], slots.get(i));
    }
  }

  @Override
  public void onClear(Slots slots) {
    for (int i = 0; i < slots.count(); i++) {
      queues.remove(slots.get(i));
    }
  }

  @Override
  public void save(StateWriter out) {
    out.ints("queues", queues.slots());
    out.ints("sizes", queues.sizes());
  }

  @Override
  public void load(StateReader in) {
    int[] slots = in.ints("queues", (int) in.length("queues"));
    memory.requireAllInUse("The queues of memories", slots);
    queues.restore(slots, in.ints("sizes", classes));
  }
}
