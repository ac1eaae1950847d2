package io.nnem.testkit;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import io.nnem.memory.eviction.FirstInFirstOut;

/**
 * First in, first out, that fails when told to: before a write, or after the memory has changed.
 */
final class FaultyEviction<T> implements EvictionPolicy<T> {

  boolean fails;
  boolean failsLate;
  private final FirstInFirstOut<T> fifo;

  FaultyEviction(EvictionContext<T> context) {
    fifo = new FirstInFirstOut<>(context);
  }

  @Override
  public void beforeWrite(NewKeys<T> keys, T values) {
    if (fails) {
      throw new IllegalStateException("the policy fails, as it was told to");
    }
  }

  @Override
  public Slots evict(int count, T keys, T values) {
    return fifo.evict(count, keys, values);
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    if (failsLate) {
      throw new IllegalStateException("the policy fails late, as it was told to");
    }
    fifo.onWrite(slots, keys, values);
  }

  @Override
  public void onClear(Slots slots) {
    fifo.onClear(slots);
  }

  @Override
  public void save(StateWriter out) {
    fifo.save(out);
  }

  @Override
  public void load(StateReader in) {
    fifo.load(in);
  }
}
