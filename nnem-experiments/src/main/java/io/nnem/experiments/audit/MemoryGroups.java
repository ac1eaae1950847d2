package io.nnem.experiments.audit;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.experiments.run.AgeRange;
import io.nnem.experiments.run.Owned;
import io.nnem.memory.Memory;
import io.nnem.memory.SlotMatrix;
import io.nnem.memory.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A memory at one moment, in groups by age and as a whole, with each group embedded as it would be
 * now. Valid until memory or embedder change.
 */
final class MemoryGroups<T> implements AutoCloseable {

  /**
   * Memories of some ages, or of all, and the embedder's pass over their observations with the
   * parameters of now.
   */
  record Group<T>(
      Optional<AgeRange> ages, Slots slots, T observations, T values, ForwardPass<T> pass) {
    boolean contains(long age) {
      return ages.isEmpty() || ages.get().contains(age);
    }
  }

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final Memory<T> memory;
  private final Owned parts = new Owned();
  private final List<Group<T>> byAge = new ArrayList<>();
  private final Group<T> whole;
  private final double[] freshness;

  MemoryGroups(
      Tensors<T> tensors, Embedder<T> embedder, Memory<T> memory, SlotMatrix<T> observations) {
    this.tensors = tensors;
    this.embedder = embedder;
    this.memory = memory;
    Slots occupied = memory.occupied();
    Scope<T> scope = parts.own(tensors.newScope());
    long[] ages = IntStream.of(occupied.toArray()).mapToLong(this::age).toArray();
    for (AgeRange range : AgeRange.of(ages)) {
      int[] members =
          IntStream.of(occupied.toArray()).filter(slot -> range.contains(age(slot))).toArray();
      byAge.add(group(Optional.of(range), Slots.of(members), observations, scope));
    }
    whole = group(Optional.empty(), occupied, observations, scope);
    double[] stored;
    try (GrowingRows<T> room = new GrowingRows<>(tensors, memory.keySize())) {
      stored = Vectors.of(tensors, memory.keys(occupied, room));
    }
    double[] fresh = Vectors.of(tensors, whole.pass().output());
    freshness = new double[occupied.count()];
    for (int i = 0; i < freshness.length; i++) {
      freshness[i] = Vectors.cosineOfRows(stored, fresh, i, memory.keySize());
    }
  }

  private Group<T> group(
      Optional<AgeRange> ages, Slots slots, SlotMatrix<T> observations, Scope<T> scope) {
    T ownObservations = scope.zeros(slots.count(), observations.columns());
    T ownValues = scope.zeros(slots.count(), memory.valueSize());
    try (GrowingRows<T> room = new GrowingRows<>(tensors, observations.columns());
        GrowingRows<T> valueRoom = new GrowingRows<>(tensors, memory.valueSize())) {
      tensors.copy(observations.rows(slots, room), ownObservations);
      tensors.copy(memory.values(slots, valueRoom), ownValues);
    }
    ForwardPass<T> pass = parts.own(embedder.newPass(slots.count()));
    embedder.forward(ownObservations, pass);
    return new Group<>(ages, slots, ownObservations, ownValues, pass);
  }

  /** How many updates of the embedder ago a memory was written. */
  long age(int slot) {
    return embedder.version() - memory.writtenAt(slot);
  }

  /** From the youngest to the oldest; together they are the whole. */
  List<Group<T>> byAge() {
    return byAge;
  }

  /** All memories, in the order of their slots. */
  Group<T> whole() {
    return whole;
  }

  List<Group<T>> all() {
    List<Group<T>> all = new ArrayList<>(byAge);
    all.add(whole);
    return all;
  }

  /** Mean cosine between the keys as stored and as they would be written now. */
  double staleness(Group<T> group) {
    return mean(group, freshness);
  }

  static double mean(Group<?> group, double[] numbers) {
    return IntStream.of(group.slots().toArray())
        .mapToDouble(slot -> numbers[slot])
        .average()
        .orElseThrow();
  }

  @Override
  public void close() {
    parts.close();
  }
}
