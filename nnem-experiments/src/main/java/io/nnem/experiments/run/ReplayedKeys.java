package io.nnem.experiments.run;

import io.nnem.core.GrowingRows;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** Keys of consecutive slots, somewhere in memory: which depends on seed and update alone. */
record ReplayedKeys<T>(Memory<T> memory, GrowingRows<T> room, int count, long seed)
    implements LongFunction<Optional<T>> {

  ReplayedKeys(Tensors<T> tensors, Memory<T> memory, int count, long seed) {
    this(memory, new GrowingRows<>(tensors, memory.keySize()), count, seed);
  }

  @Override
  public Optional<T> apply(long update) {
    if (memory.size() < count) {
      return Optional.empty();
    }
    SplittableRandom random = Seeds.random(seed, "replayed-keys-" + update);
    int from = random.nextInt(memory.size() - count + 1);
    return Optional.of(memory.keys(Slots.range(from, from + count), room));
  }
}
