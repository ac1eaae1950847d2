package io.nnem.credit.reinstatement;

import io.nnem.autoencoder.Codec;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.memory.Slots;
import java.util.Optional;

/**
 * Decodes a code that was made when the memory was written, {@code x = D(C_i)} with {@code C_i =
 * E(x_i)}. Encoder and decoder no longer change, so that no memory fades.
 */
final class CodedObservations<T> implements Reinstatement<T> {

  /** Rows that are encoded, or decoded from bytes, at a time. */
  static final int ROWS = 512;

  private final Tensors<T> tensors;
  private final Codec<T> codec;
  private final Codes<T> codes;
  private final Scope<T> scope;
  private final RowBuffer<T> encoded;
  private final RowBuffer<T> decoded;

  CodedObservations(ReinstatementContext<T> context, Codec<T> codec, Codes<T> codes) {
    this.tensors = context.tensors();
    this.codec = codec;
    this.codes = codes;
    this.scope = tensors.newScope();
    this.encoded =
        new RowBuffer<>(tensors, scope, Math.min(context.capacity(), ROWS), codec.codeSize());
    this.decoded = new RowBuffer<>(tensors, scope, context.capacity(), codec.observationSize());
  }

  @Override
  public T observations(Slots slots, T keys) {
    T observations = decoded.first(slots.count());
    codes.decode(slots, observations);
    return observations;
  }

  /** Without the rounding to bytes, which changes little. */
  @Override
  public Optional<T> foresee(T keys, T observations) {
    int rows = tensors.rows(observations);
    T foreseen = decoded.first(rows);
    for (int from = 0; from < rows; from += ROWS) {
      int to = Math.min(from + ROWS, rows);
      T part = encoded.first(to - from);
      codec.encode(tensors.rowRange(observations, from, to), part);
      codec.decode(part, tensors.rowRange(foreseen, from, to));
    }
    return Optional.of(foreseen);
  }

  @Override
  public void written(Slots slots, T observations) {
    for (int from = 0; from < slots.count(); from += ROWS) {
      int to = Math.min(from + ROWS, slots.count());
      T part = encoded.first(to - from);
      codec.encode(tensors.rowRange(observations, from, to), part);
      codes.write(slots.part(from, to), part);
    }
  }

  @Override
  public long retainedBytes() {
    return codes.bytes();
  }

  @Override
  public void close() {
    codes.close();
    scope.close();
  }
}
