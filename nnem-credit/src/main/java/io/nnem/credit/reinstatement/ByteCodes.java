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
  private final CodeRanges ranges;
  private final int size;
  private final byte[] codes;
  // what one read or write fills and the next overwrites
  private final Scope<T> scope;
  private final RowBuffer<T> room;
  private final float[] floats;

  ByteCodes(ReinstatementContext<T> context, Codec<T> codec) {
    this.tensors = context.tensors();
    this.ranges = codec.ranges();
    this.size = codec.codeSize();
    this.codes = new byte[Math.multiplyExact(context.capacity(), size)];
    this.floats = new float[codes.length];
    this.scope = tensors.newScope();
    this.room = new RowBuffer<>(tensors, scope, context.capacity(), size);
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
  public T read(Slots slots) {
    for (int row = 0; row < slots.count(); row++) {
      int at = slots.get(row) * size;
      for (int i = 0; i < size; i++) {
        floats[row * size + i] = ranges.value(i, codes[at + i]);
      }
    }
    T out = room.first(slots.count());
    tensors.copyIn(floats, out);
    return out;
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
