package io.nnem.experiments.run;

import io.nnem.core.GrowingRows;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.memory.Memory;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** Keys of consecutive memories, somewhere: where depends on seed and update alone. */
final class ReplayedKeys<T> implements LongFunction<Optional<T>>, AutoCloseable {
  private final Memory<T> memory;
  private final int count;
  private final long seed;
  private final GrowingRows<T> room;

  ReplayedKeys(Tensors<T> tensors, Memory<T> memory, int count, long seed) {
    this.memory = memory;
    this.count = count;
    this.seed = seed;
    this.room = new GrowingRows<>(tensors, memory.keySize());
  }

  @Override
  public Optional<T> apply(long update) {
    if (memory.size() < count) {
      return Optional.empty();
    }
    SplittableRandom random = Seeds.random(seed, "replayed-keys-" + update);
    int from = random.nextInt(memory.size() - count + 1);
    return Optional.of(memory.keys(memory.occupied().part(from, from + count), room));
  }

  @Override
  public void close() {
    room.close();
  }
}
