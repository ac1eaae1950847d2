package io.nnem.credit.reinstatement;

import io.nnem.autoencoder.Codec;
import io.nnem.core.GrowingRows;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.memory.NewKeys;
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
  private final GrowingRows<T> encoded;

  CodedObservations(ReinstatementContext<T> context, Codec<T> codec, Codes<T> codes) {
    this.tensors = context.tensors();
    this.codec = codec;
    this.codes = codes;
    this.encoded = new GrowingRows<>(tensors, codec.codeSize());
  }

  @Override
  public T observations(Slots slots, T keys, GrowingRows<T> room) {
    T observations = room.first(slots.count());
    codes.decode(slots, observations);
    return observations;
  }

  /** Without the rounding to bytes, which changes little. */
  @Override
  public Optional<T> foresee(T keys, T observations, GrowingRows<T> room) {
    T foreseen = room.first(tensors.rows(observations));
    codec.decode(encode(observations), foreseen);
    return Optional.of(foreseen);
  }

  private T encode(T observations) {
    int rows = tensors.rows(observations);
    T all = encoded.first(rows);
    for (int from = 0; from < rows; from += ROWS) {
      int to = Math.min(from + ROWS, rows);
      codec.encode(tensors.rowRange(observations, from, to), tensors.rowRange(all, from, to));
    }
    return all;
  }

  @Override
  public void beforeWrite(NewKeys<T> keys, T values) {
    encode(keys.requirePass().input());
  }

  @Override
  public void onWrite(Slots slots, NewKeys<T> keys, T values) {
    codes.write(slots, encoded.first(slots.count()));
  }

  @Override
  public long retainedBytes() {
    return codes.bytes();
  }

  @Override
  public void save(StateWriter out) {
    out.part("codes", codes);
  }

  @Override
  public void load(StateReader in) {
    in.part("codes", codes);
  }

  @Override
  public void close() {
    codes.close();
    encoded.close();
  }
}
