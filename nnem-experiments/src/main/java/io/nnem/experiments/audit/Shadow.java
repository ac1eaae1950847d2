package io.nnem.experiments.audit;

import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingRows;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.DivergenceException;
import io.nnem.credit.RecalledKeys;
import io.nnem.credit.Reinstatement;
import io.nnem.experiments.config.Condition;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.SlotListener;
import io.nnem.memory.Slots;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A condition that goes along with the training of another. It goes through every step as if it
 * were trained, with the keys that it recalls itself; what it adds to the embedder's gradients is
 * for its caller to take away. One whose own numbers diverge, or that fails, is left behind.
 */
final class Shadow<T> implements SlotListener<T>, AutoCloseable {
  private final Condition condition;
  private final CreditAssigner<T> assigner;
  private final Optional<Reinstatement<T>> reinstatement;
  private final GrowingRows<T> valueRoom;
  private final Consumer<Throwable> failed;
  private Optional<String> lost = Optional.empty();
  private boolean broken;

  /**
   * Takes over assigner, reinstatement and room for values; {@code failed} is told if one of them
   * throws.
   */
  Shadow(
      Condition condition,
      CreditAssigner<T> assigner,
      Optional<Reinstatement<T>> reinstatement,
      GrowingRows<T> valueRoom,
      Consumer<Throwable> failed) {
    this.failed = failed;
    this.valueRoom = valueRoom;
    this.condition = condition;
    this.assigner = assigner;
    this.reinstatement = reinstatement;
  }

  Condition condition() {
    return condition;
  }

  CreditAssigner<T> assigner() {
    return assigner;
  }

  Optional<Reinstatement<T>> reinstatement() {
    return reinstatement;
  }

  /** Why its numbers are none; empty as long as they are. */
  Optional<String> lost() {
    return lost;
  }

  /** Whether it goes along no longer: its numbers are none, or it failed. */
  boolean gone() {
    return broken || lost.isPresent();
  }

  /** Its part of a training step before the write; {@code unused} takes its credit in advance. */
  void learn(Memory<T> memory, LossReading<T> reading, ForwardPass<T> pass, T values, T unused) {
    guarded(
        () -> {
          RecalledKeys<T> recalled = assigner.recall(memory.occupied());
          T stored = memory.values(recalled.slots(), valueRoom);
          T keyGradient = reading.keyGradient(pass.output(), recalled.keys(), stored, values);
          assigner.assign(recalled, reading.weights(), keyGradient);
          assigner.embedded(pass, values, unused);
        });
  }

  @Override
  public void beforeWrite(NewKeys<T> keys, T values) {
    tell(listener -> listener.beforeWrite(keys, values));
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    tell(listener -> listener.onWrite(slots, keys, values));
  }

  @Override
  public void onReplaceKeys(Slots slots, NewKeys<T> keys) {
    tell(listener -> listener.onReplaceKeys(slots, keys));
  }

  @Override
  public void onReplaceValues(Slots slots, T values) {
    tell(listener -> listener.onReplaceValues(slots, values));
  }

  @Override
  public boolean listensToReads() {
    boolean[] listens = {false};
    tell(listener -> listens[0] |= listener.listensToReads());
    return listens[0];
  }

  @Override
  public void onRead(Slots slots, T weights) {
    tell(
        listener -> {
          if (listener.listensToReads()) {
            listener.onRead(slots, weights);
          }
        });
  }

  @Override
  public void onClear(Slots slots) {
    tell(listener -> listener.onClear(slots));
  }

  /** As a memory would: the reinstatement before the assigner. */
  private void tell(Consumer<SlotListener<T>> news) {
    guarded(
        () -> {
          reinstatement.ifPresent(news);
          news.accept(assigner);
        });
  }

  void update() {
    guarded(assigner::update);
  }

  void discard() {
    guarded(assigner::discard);
  }

  /** Does something with it, unless it is lost; afterwards it may be. */
  void guarded(Runnable action) {
    if (gone()) {
      return;
    }
    try {
      action.run();
    } catch (DivergenceException e) {
      assigner.discard();
      lost = Optional.of(e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      broken = true; // nothing else has a part in what it does
      failed.accept(e);
    }
  }

  @Override
  public void close() {
    valueRoom.close();
    release(assigner::close);
    reinstatement.ifPresent(from -> release(from::close));
  }

  private void release(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException | LinkageError e) {
      if (!broken) {
        failed.accept(e);
      }
    }
  }
}
