package io.nnem.credit.reinstatement;

import io.nnem.core.GrowingRows;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.memory.NewKeys;
import io.nnem.memory.SlotMatrix;
import io.nnem.memory.Slots;
import java.util.Optional;

/** Keeps the observation itself beside each memory: the naive way, and the upper bound. */
final class StoredObservations<T> implements Reinstatement<T> {

  private final SlotMatrix<T> stored;

  StoredObservations(ReinstatementContext<T> context) {
    this.stored =
        new SlotMatrix<>(context.tensors(), context.memory().capacity(), context.observationSize());
  }

  @Override
  public T observations(Slots slots, T keys, GrowingRows<T> room) {
    return stored.rows(slots, room);
  }

  @Override
  public Optional<T> foresee(T keys, T observations, GrowingRows<T> room) {
    return Optional.of(observations);
  }

  @Override
  public void beforeWrite(NewKeys<T> keys, T values) {
    keys.requirePass();
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    stored.write(slots, keys.requirePass().input());
  }

  @Override
  public long retainedBytes() {
    return stored.bytes();
  }

  @Override
  public void save(StateWriter out) {
    out.part("observations", stored);
  }

  @Override
  public void load(StateReader in) {
    in.part("observations", stored);
  }

  @Override
  public void close() {
    stored.close();
  }
}
