package io.nnem.experiments.run;

import io.nnem.core.Seeds;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Slots;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** Keys of consecutive slots, somewhere in memory: which depends on seed and update alone. */
record ReplayedKeys<T>(MemoryStore<T> memory, int count, long seed)
    implements LongFunction<Optional<T>> {
  @Override
  public Optional<T> apply(long update) {
    if (memory.size() < count) {
      return Optional.empty();
    }
    SplittableRandom random = Seeds.random(seed, "replayed-keys-" + update);
    int from = random.nextInt(memory.size() - count + 1);
    return Optional.of(memory.keys(Slots.range(from, from + count)));
  }
}
