package io.nnem.experiments.audit;

import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.DivergenceException;
import io.nnem.credit.LearningSettings;
import io.nnem.memory.Reading;

/** A reading, its loss, and the gradient of its keys. */
final class LossReading<T> implements AutoCloseable {
  private final Tensors<T> tensors;
  private final LearningSettings settings;
  private final Reading<T> reading;
  private Scope<T> scope;
  private T lossGradient;

  LossReading(Tensors<T> tensors, LearningSettings settings) {
    this.tensors = tensors;
    this.settings = settings;
    this.reading = new Reading<>(tensors, settings.addressing());
  }

  /** dLoss/dKeys, valid until the next call. */
  T keyGradient(T queries, T keys, T values, T targets) {
    T answers = reading.read(queries, keys, values);
    if (scope == null || tensors.rows(lossGradient) != tensors.rows(answers)) {
      closeBuffers();
      scope = tensors.newScope();
      lossGradient = scope.zeros(tensors.rows(answers), tensors.columns(answers));
    }
    double loss = tensors.loss(settings.loss(), answers, targets, lossGradient);
    if (!Double.isFinite(loss)) {
      throw new DivergenceException("The loss is " + loss + ".");
    }
    return reading.backward(lossGradient, false);
  }

  /** How much the latest reading took of each key, {@code n x 1}. */
  T weights() {
    return reading.keyWeights();
  }

  private void closeBuffers() {
    if (scope != null) {
      scope.close();
    }
  }

  @Override
  public void close() {
    closeBuffers();
    reading.close();
  }
}
