package io.nnem.credit.reinstatement;

import io.nnem.autoencoder.Decoder;
import io.nnem.core.GrowingRows;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.Reinstatement;
import io.nnem.memory.Slots;
import java.util.Optional;

/** Decodes the stored key: the paper's way, which keeps nothing beside it. */
final class DecodedKeys<T> implements Reinstatement<T> {

  private final Tensors<T> tensors;
  private final Decoder<T> decoder;

  DecodedKeys(Tensors<T> tensors, Decoder<T> decoder) {
    this.tensors = tensors;
    this.decoder = decoder;
  }

  @Override
  public T observations(Slots slots, T keys, GrowingRows<T> room) {
    T observations = room.first(tensors.rows(keys));
    decoder.decode(keys, observations);
    return observations;
  }

  @Override
  public Optional<T> foresee(T keys, T observations, GrowingRows<T> room) {
    T foreseen = room.first(tensors.rows(keys));
    decoder.decode(keys, foreseen);
    return Optional.of(foreseen);
  }

  @Override
  public long retainedBytes() {
    return 0;
  }

  @Override
  public void save(StateWriter out) {}

  @Override
  public void load(StateReader in) {}

  @Override
  public void close() {}
}
