package io.nnem.experiments.audit;

import io.nnem.core.Embedder;
import io.nnem.core.GrowingRows;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.RecalledKeys;
import io.nnem.memory.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a credit assigner brings home for one reading, for all memories or for some.
 *
 * <p><strong>The share of some memories</strong> is what {@link CreditAssigner#assign} adds if the
 * key gradients of all other memories are zero. For every assigner whose credit is linear in the
 * key gradient, as that of all built-in ones is, the shares add up to the whole.
 *
 * <p><strong>Credit in advance</strong> counts too. An assigner that gives credit when a memory is
 * written ({@link CreditAssigner#embedded}) gives it once for {@code capacity / rows} readings,
 * where {@code rows} are written a step: as many as the memory lives for. So it is asked what it
 * would give if the observations of these {@code rows} memories were embedded and written now, and
 * that is multiplied by {@code rows / capacity}: its credit for one reading, whatever the number of
 * rows. What it gave when the memory was in truth written, with other parameters, is past and
 * cannot be set against a reading of today.
 *
 * <p>Nothing that the assigner learns by being asked stays with it.
 */
final class Credit<T> implements AutoCloseable {
  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final Memory<T> memory;
  private final ParameterGradients<T> gradients;
  private final LossReading<T> reading;
  private final Scope<T> scope;
  private final RowBuffer<T> masked;
  private final RowBuffer<T> part;
  private final GrowingRows<T> values;

  Credit(
      Tensors<T> tensors,
      Embedder<T> embedder,
      Memory<T> memory,
      ParameterGradients<T> gradients,
      LearningSettings settings) {
    this.tensors = tensors;
    this.embedder = embedder;
    this.memory = memory;
    this.gradients = gradients;
    this.reading = new LossReading<>(tensors, settings);
    this.scope = tensors.newScope();
    this.masked = new RowBuffer<>(tensors, scope, memory.capacity(), memory.keySize());
    this.part = new RowBuffer<>(tensors, scope, memory.capacity(), memory.keySize());
    this.values = new GrowingRows<>(tensors, memory.valueSize());
  }

  /**
   * The gradients of one reading, overwriting {@code out}: for each range of ages, then for the
   * whole.
   */
  void gradients(
      CreditAssigner<T> assigner, T queries, T targets, MemoryGroups<T> groups, double[][] out) {
    RecalledKeys<T> recalled = assigner.recall(memory.occupied());
    T keyGradient =
        reading.keyGradient(
            queries, recalled.keys(), memory.values(recalled.slots(), values), targets);
    List<MemoryGroups.Group<T>> all = groups.all();
    for (int i = 0; i < all.size(); i++) {
      MemoryGroups.Group<T> group = all.get(i);
      Arrays.fill(out[i], 0);
      embedder.clearGradients();
      T share = share(keyGradient, recalled, group, groups);
      assigner.assign(recalled, reading.weights(), share);
      assigner.discard();
      gradients.moveTo(out[i], 1);
      T inAdvance = part.first(group.slots().count());
      tensors.fill(0, inAdvance);
      if (assigner.embedded(group.pass(), group.values(), inAdvance)) {
        embedder.backward(group.pass(), inAdvance);
      }
      assigner.discard();
      gradients.moveTo(out[i], group.slots().count() / (double) memory.capacity());
    }
  }

  private T share(
      T keyGradient,
      RecalledKeys<T> recalled,
      MemoryGroups.Group<T> group,
      MemoryGroups<T> groups) {
    if (group.ages().isEmpty()) {
      return keyGradient;
    }
    int[] rows =
        IntStream.range(0, recalled.slots().count())
            .filter(row -> group.contains(groups.age(recalled.slots().get(row))))
            .toArray();
    T share = masked.first(recalled.slots().count());
    tensors.fill(0, share);
    if (rows.length > 0) {
      T those = part.first(rows.length);
      tensors.gatherRows(keyGradient, rows, those);
      tensors.scatterRows(those, rows, share);
    }
    return share;
  }

  @Override
  public void close() {
    scope.close();
    values.close();
    reading.close();
  }
}
