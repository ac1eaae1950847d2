package io.nnem.learners;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;

/** Gives up the first memories; fails before or behind a writing of so many. */
final class Moody implements EvictionPolicyProvider {

  int refuses;
  int breaks;

  @Override
  public String name() {
    return "moody";
  }

  @Override
  public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
    return new EvictionPolicy<>() {
      @Override
      public Slots evict(int count, T keys, T values) {
        return Slots.range(0, count);
      }

      @Override
      public void beforeWrite(NewKeys<T> keys, T values) {
        require(context.tensors().rows(values) != refuses);
      }

      @Override
      public void onWrite(Slots slots, NewKeys<T> keys, T values) {
        require(slots.count() != breaks);
      }

      @Override
      public void save(StateWriter out) {}

      @Override
      public void load(StateReader in) {}
    };
  }

  private static void require(boolean fine) {
    if (!fine) {
      throw new IllegalStateException("Not so many.");
    }
  }
}
