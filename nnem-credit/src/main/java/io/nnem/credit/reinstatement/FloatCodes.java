package io.nnem.credit.reinstatement;

import io.nnem.autoencoder.Codec;
import io.nnem.core.GrowingRows;
import io.nnem.core.Pool;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.credit.ReinstatementContext;
import io.nnem.memory.SlotMatrix;
import io.nnem.memory.Slots;

/** Codes as the back end's own numbers. */
final class FloatCodes<T> implements Codes<T> {

  private final Codec<T> codec;
  private final SlotMatrix<T> codes;
  private final Pool<GrowingRows<T>> rooms;

  FloatCodes(ReinstatementContext<T> context, Codec<T> codec) {
    this.codec = codec;
    this.codes = new SlotMatrix<>(context.tensors(), context.memory().capacity(), codec.codeSize());
    this.rooms = new Pool<>(() -> new GrowingRows<>(context.tensors(), codec.codeSize()));
  }

  @Override
  public void write(Slots slots, T rows) {
    codes.write(slots, rows);
  }

  @Override
  public void decode(Slots slots, T out) {
    GrowingRows<T> room = rooms.take();
    try {
      codec.decode(codes.rows(slots, room), out);
    } finally {
      rooms.back(room);
    }
  }

  @Override
  public long bytes() {
    return codes.bytes();
  }

  @Override
  public void save(StateWriter out) {
    codes.save(out);
  }

  @Override
  public void load(StateReader in) {
    codes.load(in);
  }

  @Override
  public void close() {
    codes.close();
    rooms.close();
  }
}
