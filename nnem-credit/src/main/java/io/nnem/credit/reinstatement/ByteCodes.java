package io.nnem.credit.reinstatement;

import io.nnem.autoencoder.CodeRanges;
import io.nnem.autoencoder.Codec;
import io.nnem.core.GrowingRows;
import io.nnem.core.Pool;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.credit.ReinstatementContext;
import io.nnem.memory.Slots;

/** Codes of one byte a dimension, as {@link CodeRanges} maps it. */
final class ByteCodes<T> implements Codes<T> {

  private static final int ROWS = CodedObservations.ROWS;

  private final Tensors<T> tensors;
  private final Codec<T> codec;
  private final CodeRanges ranges;
  private final int size;
  private final byte[] codes;
  private final Pool<Space> spaces = new Pool<>(Space::new);

  /** What some rows fill and the next overwrite: few, or the floats would outweigh the bytes. */
  private final class Space implements AutoCloseable {
    private final GrowingRows<T> rows = new GrowingRows<>(tensors, size);
    private final float[] floats = new float[ROWS * size];

    void write(Slots slots, T all) {
      for (int from = 0; from < slots.count(); from += ROWS) {
        int to = Math.min(from + ROWS, slots.count());
        tensors.copyOut(tensors.rowRange(all, from, to), floats);
        for (int row = from; row < to; row++) {
          int at = slots.get(row) * size;
          for (int i = 0; i < size; i++) {
            codes[at + i] = ranges.level(i, floats[(row - from) * size + i]);
          }
        }
      }
    }

    void decode(Slots slots, T out) {
      for (int from = 0; from < slots.count(); from += ROWS) {
        int to = Math.min(from + ROWS, slots.count());
        for (int row = from; row < to; row++) {
          int at = slots.get(row) * size;
          for (int i = 0; i < size; i++) {
            floats[(row - from) * size + i] = ranges.value(i, codes[at + i]);
          }
        }
        T part = rows.first(to - from);
        tensors.copyIn(floats, part);
        codec.decode(part, tensors.rowRange(out, from, to));
      }
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  ByteCodes(ReinstatementContext<T> context, Codec<T> codec) {
    this.tensors = context.tensors();
    this.codec = codec;
    this.ranges = codec.ranges();
    this.size = codec.codeSize();
    this.codes = new byte[Math.multiplyExact(context.memory().capacity(), size)];
  }

  @Override
  public void write(Slots slots, T rows) {
    Space space = spaces.take();
    try {
      space.write(slots, rows);
    } finally {
      spaces.back(space);
    }
  }

  @Override
  public void decode(Slots slots, T out) {
    Space space = spaces.take();
    try {
      space.decode(slots, out);
    } finally {
      spaces.back(space);
    }
  }

  @Override
  public long bytes() {
    return codes.length;
  }

  @Override
  public void save(StateWriter out) {
    out.bytes("levels", codes);
  }

  @Override
  public void load(StateReader in) {
    System.arraycopy(in.bytes("levels", codes.length), 0, codes, 0, codes.length);
  }

  @Override
  public void close() {
    spaces.close();
  }
}
