package io.nnem.experiments.audit;

import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
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
  public void embedded(ForwardPass<T> pass, T values) {
    trained.embedded(pass, values);
    gradients.hold();
    try {
      shadows.forEach(shadow -> shadow.learn(memory, reading, pass, values));
    } finally {
      gradients.restore();
    }
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
  public long retainedBytes() {
    return trained.retainedBytes();
  }

  @Override
  public void close() {
    shadows.forEach(Shadow::close);
    observations.close();
    reading.close();
    gradients.close();
    trained.close();
  }
}
