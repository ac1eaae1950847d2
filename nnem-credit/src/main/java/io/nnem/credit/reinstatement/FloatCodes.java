package io.nnem.credit.reinstatement;

import io.nnem.autoencoder.Codec;
import io.nnem.credit.ReinstatementContext;
import io.nnem.memory.SlotMatrix;
import io.nnem.memory.Slots;

/** Codes as the back end's own numbers. */
final class FloatCodes<T> implements Codes<T> {

  private final Codec<T> codec;
  private final SlotMatrix<T> codes;

  FloatCodes(ReinstatementContext<T> context, Codec<T> codec) {
    this.codec = codec;
    this.codes = new SlotMatrix<>(context.tensors(), context.capacity(), codec.codeSize());
  }

  @Override
  public void write(Slots slots, T rows) {
    codes.write(slots, rows);
  }

  @Override
  public void decode(Slots slots, T out) {
    codec.decode(codes.rows(slots), out);
  }

  @Override
  public long bytes() {
    return codes.bytes();
  }

  @Override
  public void close() {
    codes.close();
  }
}
