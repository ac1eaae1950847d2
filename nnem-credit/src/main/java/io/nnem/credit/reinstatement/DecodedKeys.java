package io.nnem.credit.reinstatement;

import io.nnem.autoencoder.Decoder;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.Reinstatement;
import io.nnem.memory.Slots;
import java.util.Optional;

/** Decodes the stored key: the paper's way, which keeps nothing beside it. */
final class DecodedKeys<T> implements Reinstatement<T> {

  private final Tensors<T> tensors;
  private final Decoder<T> decoder;
  private final Scope<T> scope;
  private final RowBuffer<T> decoded;

  DecodedKeys(Tensors<T> tensors, int capacity, Decoder<T> decoder) {
    this.tensors = tensors;
    this.decoder = decoder;
    this.scope = tensors.newScope();
    this.decoded = new RowBuffer<>(tensors, scope, capacity, decoder.observationSize());
  }

  @Override
  public T observations(Slots slots, T keys) {
    return decode(keys);
  }

  @Override
  public Optional<T> foresee(T keys, T observations) {
    return Optional.of(decode(keys));
  }

  private T decode(T keys) {
    T observations = decoded.first(tensors.rows(keys));
    decoder.decode(keys, observations);
    return observations;
  }

  @Override
  public long retainedBytes() {
    return 0;
  }

  @Override
  public void close() {
    scope.close();
  }
}
