package io.nnem.bench.nnem;

import io.nnem.bench.system.Outcome;
import io.nnem.bench.system.Task;
import io.nnem.bench.work.MemoryProblem;
import io.nnem.bench.work.Shape;
import io.nnem.core.GrowingRows;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.MemoryNetwork;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;
import java.util.Map;

/** Writes by {@link Memory#write}, and what else a training step asks of a memory. */
final class NnemWrite<T> implements Task {

  private final Tensors<T> tensors;
  private final boolean lookups;
  private final Scope<T> scope;
  private final MemoryNetwork<T> network;
  private final Memory<T> memory;
  private final GrowingRows<T> keyRoom;
  private final GrowingRows<T> valueRoom;
  private final T keys;
  private final T values;
  private long version;
  private T seenKeys;
  private T seenValues;

  NnemWrite(Tensors<T> tensors, MemoryProblem problem, boolean lookups) {
    this.tensors = tensors;
    this.lookups = lookups;
    this.scope = tensors.newScope();
    this.network =
        MemoryNetwork.builder(tensors)
            .embedder("identity", problem.keySize(), problem.keySize())
            .capacity(problem.capacity())
            .valueSize(Shape.CLASSES)
            .assigner("none")
            .build();
    this.memory = network.memory();
    this.keyRoom = new GrowingRows<>(tensors, memory.keySize());
    this.valueRoom = new GrowingRows<>(tensors, memory.valueSize());
    try (Scope<T> own = tensors.newScope()) {
      T allKeys = own.zeros(problem.capacity(), problem.keySize());
      T allValues = own.zeros(problem.capacity(), Shape.CLASSES);
      tensors.copyIn(problem.keys(), allKeys);
      tensors.copyIn(problem.values(), allValues);
      memory.write(allKeys, allValues, version);
    }
    this.keys = scope.zeros(problem.batch(), problem.keySize());
    this.values = scope.zeros(problem.batch(), Shape.CLASSES);
    tensors.copyIn(problem.queries(), keys);
    tensors.copyIn(problem.queryValues(), values);
  }

  @Override
  public long run(int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      if (lookups) {
        Slots slots = memory.occupied();
        seenKeys = memory.keys(slots, keyRoom);
        seenValues = memory.values(slots, valueRoom);
      }
      memory.write(keys, values, ++version);
    }
    return System.nanoTime() - start;
  }

  @Override
  public Outcome outcome() {
    Slots slots = memory.occupied();
    seenKeys = memory.keys(slots, keyRoom);
    seenValues = memory.values(slots, valueRoom);
    float[] allKeys = new float[slots.count() * memory.keySize()];
    float[] allValues = new float[slots.count() * memory.valueSize()];
    tensors.copyOut(seenKeys, allKeys);
    tensors.copyOut(seenValues, allValues);
    return new Outcome(Map.of("keys", allKeys, "values", allValues));
  }

  @Override
  public void close() {
    keyRoom.close();
    valueRoom.close();
    network.close();
    scope.close();
  }
}
