package io.nnem.credit.reinstatement;

import io.nnem.autoencoder.CodeRanges;
import io.nnem.autoencoder.Codec;
import io.nnem.core.RowBuffer;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import io.nnem.credit.ReinstatementContext;
import io.nnem.memory.Slots;

/** Codes of one byte a dimension, as {@link CodeRanges} maps it. */
final class ByteCodes<T> implements Codes<T> {

  private final Tensors<T> tensors;
  private final Codec<T> codec;
  private final CodeRanges ranges;
  private final int size;
  private final byte[] codes;
  // What some rows fill and the next overwrite: few, or the floats would outweigh the bytes.
  private final Scope<T> scope;
  private final RowBuffer<T> room;
  private final float[] floats;

  ByteCodes(ReinstatementContext<T> context, Codec<T> codec) {
    this.tensors = context.tensors();
    this.codec = codec;
    this.ranges = codec.ranges();
    this.size = codec.codeSize();
    this.codes = new byte[Math.multiplyExact(context.capacity(), size)];
    int rows = Math.min(context.capacity(), CodedObservations.ROWS);
    this.floats = new float[rows * size];
    this.scope = tensors.newScope();
    this.room = new RowBuffer<>(tensors, scope, rows, size);
  }

  @Override
  public void write(Slots slots, T rows) {
    tensors.copyOut(rows, floats);
    for (int row = 0; row < slots.count(); row++) {
      int at = slots.get(row) * size;
      for (int i = 0; i < size; i++) {
        codes[at + i] = ranges.level(i, floats[row * size + i]);
      }
    }
  }

  @Override
  public void decode(Slots slots, T out) {
    for (int from = 0; from < slots.count(); from += CodedObservations.ROWS) {
      int to = Math.min(from + CodedObservations.ROWS, slots.count());
      for (int row = from; row < to; row++) {
        int at = slots.get(row) * size;
        for (int i = 0; i < size; i++) {
          floats[(row - from) * size + i] = ranges.value(i, codes[at + i]);
        }
      }
      T part = room.first(to - from);
      tensors.copyIn(floats, part);
      codec.decode(part, tensors.rowRange(out, from, to));
    }
  }

  @Override
  public long bytes() {
    return codes.length;
  }

  @Override
  public void close() {
    scope.close();
  }
}
