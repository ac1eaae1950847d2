package io.nnem.credit.reinstatement;

import io.nnem.core.Tensors;
import io.nnem.credit.Reinstatement;
import io.nnem.memory.SlotMatrix;
import io.nnem.memory.Slots;
import java.util.Optional;

/** Keeps the observation itself beside each memory: the naive way, and the upper bound. */
final class StoredObservations<T> implements Reinstatement<T> {

  private final SlotMatrix<T> stored;

  StoredObservations(Tensors<T> tensors, int capacity, int observationSize) {
    this.stored = new SlotMatrix<>(tensors, capacity, observationSize);
  }

  @Override
  public T observations(Slots slots, T keys) {
    return stored.rows(slots);
  }

  @Override
  public Optional<T> foresee(T keys, T observations) {
    return Optional.of(observations);
  }

  @Override
  public void written(Slots slots, T observations) {
    stored.write(slots, observations);
  }

  @Override
  public long retainedBytes() {
    return stored.bytes();
  }

  @Override
  public void close() {
    stored.close();
  }
}
