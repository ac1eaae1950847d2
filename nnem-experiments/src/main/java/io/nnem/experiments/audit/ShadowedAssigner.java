package io.nnem.experiments.audit;

import io.nnem.core.ForwardPass;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.LearningSettings;
import io.nnem.credit.RecalledKeys;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
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
  private final Memory<T> memory;
  private final List<Shadow<T>> shadows;
  private final ParameterGradients<T> gradients;
  private final LossReading<T> reading;
  private final SlotMatrix<T> observations;
  private final Scope<T> scope;
  private final RowBuffer<T> dropped;

  /** Takes over the trained assigner and the shadows. */
  ShadowedAssigner(
      CreditContext<T> context,
      CreditAssigner<T> trained,
      List<Shadow<T>> shadows,
      LearningSettings settings) {
    Tensors<T> tensors = context.tensors();
    this.trained = trained;
    this.memory = context.memory();
    this.shadows = List.copyOf(shadows);
    shadows.forEach(memory::addListener);
    this.gradients = new ParameterGradients<>(tensors, context.embedder());
    this.reading = new LossReading<>(tensors, settings);
    this.observations =
        new SlotMatrix<>(tensors, memory.capacity(), context.embedder().observationSize());
    this.scope = tensors.newScope();
    this.dropped = new RowBuffer<>(tensors, scope, memory.capacity(), memory.keySize());
  }

  List<Shadow<T>> shadows() {
    return shadows;
  }

  ParameterGradients<T> gradients() {
    return gradients;
  }

  SlotMatrix<T> observations() {
    return observations;
  }

  @Override
  public RecalledKeys<T> recall(Slots slots) {
    return trained.recall(slots);
  }

  @Override
  public boolean embedsAnew() {
    return trained.embedsAnew();
  }

  @Override
  public void embedAnew(Slots slots, T out) {
    trained.embedAnew(slots, out);
  }

  @Override
  public boolean usesKeyGradient() {
    return trained.usesKeyGradient();
  }

  @Override
  public void assign(RecalledKeys<T> recalled, T weights, T keyGradient) {
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
  public void beforeWrite(NewKeys<T> keys, T values) {
    trained.beforeWrite(keys, values);
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    trained.onWrite(slots, keys, values);
    observations.write(slots, keys.requirePass().input());
  }

  @Override
  public void onReplaceKeys(Slots slots, NewKeys<T> keys) {
    trained.onReplaceKeys(slots, keys);
  }

  @Override
  public void onReplaceValues(Slots slots, T values) {
    trained.onReplaceValues(slots, values);
  }

  @Override
  public boolean listensToReads() {
    return trained.listensToReads();
  }

  @Override
  public void onRead(Slots slots, T weights) {
    trained.onRead(slots, weights);
  }

  @Override
  public void onClear(Slots slots) {
    trained.onClear(slots);
  }

  @Override
  public void save(StateWriter out) {
    throw new UnsupportedOperationException("A network that is being audited cannot be saved.");
  }

  @Override
  public void load(StateReader in) {
    throw new UnsupportedOperationException("A network that is being audited cannot be loaded.");
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
