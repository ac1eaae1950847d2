package io.nnem.experiments.audit;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.LearnerSettings;
import io.nnem.credit.Recollection;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.SlotMatrix;
import io.nnem.memory.Slots;
import java.util.List;

/**
 * The trained assigner, with shadows that see every step and change nothing of it: whatever they
 * add to the embedder's gradients is taken away again, to the last bit. It also keeps the
 * observation of every memory, for the reference.
 */
final class ShadowedAssigner<T> implements CreditAssigner<T> {
  private final CreditAssigner<T> trained;
  private final MemoryStore<T> memory;
  private final List<Shadow<T>> shadows;
  private final ParameterGradients<T> gradients;
  private final LossReading<T> reading;
  private final SlotMatrix<T> observations;
  private final Scope<T> scope;
  private final RowBuffer<T> dropped;

  /** Takes over the trained assigner and the shadows. */
  ShadowedAssigner(
      Tensors<T> tensors,
      Embedder<T> embedder,
      MemoryStore<T> memory,
      CreditAssigner<T> trained,
      List<Shadow<T>> shadows,
      LearnerSettings settings) {
    this.trained = trained;
    this.memory = memory;
    this.shadows = List.copyOf(shadows);
    this.gradients = new ParameterGradients<>(tensors, embedder);
    this.reading = new LossReading<>(tensors, settings);
    this.observations = new SlotMatrix<>(tensors, memory.capacity(), embedder.observationSize());
    this.scope = tensors.newScope();
    this.dropped = new RowBuffer<>(tensors, scope, memory.capacity(), memory.keySize());
  }

  List<Shadow<T>> shadows() {
    return shadows;
  }

  ParameterGradients<T> gradients() {
    return gradients;
  }

  /** The observation behind each memory. */
  SlotMatrix<T> observations() {
    return observations;
  }

  @Override
  public Recollection<T> recall(Slots slots) {
    return trained.recall(slots);
  }

  @Override
  public void assign(Recollection<T> recalled, T weights, T keyGradient) {
    trained.assign(recalled, weights, keyGradient);
  }

  /** Here the trained assigner is done with its reading, and queries and targets are at hand. */
  @Override
  public boolean embedded(ForwardPass<T> pass, T values, T embeddingGradient) {
    boolean added = trained.embedded(pass, values, embeddingGradient);
    gradients.hold();
    try {
      T unused = dropped.first(pass.rows());
      shadows.forEach(shadow -> shadow.learn(memory, reading, pass, values, unused));
    } finally {
      gradients.restore();
    }
    return added;
  }

  @Override
  public void update() {
    trained.update();
    shadows.forEach(Shadow::update);
  }

  @Override
  public void discard() {
    trained.discard();
    shadows.forEach(Shadow::discard);
  }

  @Override
  public void written(Slots slots, ForwardPass<T> pass) {
    trained.written(slots, pass);
    observations.write(slots, pass.input());
    shadows.forEach(shadow -> shadow.written(slots, pass));
  }

  @Override
  public void freshened(Slots slots, ForwardPass<T> pass) {
    trained.freshened(slots, pass);
    shadows.forEach(shadow -> shadow.freshened(slots, pass));
  }

  @Override
  public long retainedBytes() {
    return trained.retainedBytes();
  }

  @Override
  public void close() {
    shadows.forEach(Shadow::close);
    observations.close();
    scope.close();
    reading.close();
    gradients.close();
    trained.close();
  }
}
