package io.nnem.core.state;

import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.zip.CRC32C;

/**
 * Turns what a state writes into bytes, in chunks through one buffer, and hands them on: so that no
 * array or matrix is ever held twice.
 */
final class EncodingWriter implements StateWriter {

  /** Takes the entries. For each there is a begin, any number of chunks, and an end. */
  interface Sink {
    void begin(String name, ElementType type, List<Long> shape);

    /** Takes the chunk's bytes up to its limit. */
    void chunk(ByteBuffer bytes);

    void end(int crc);

    void text(String name, String value);
  }

  static final int CHUNK_BYTES = 1 << 16;

  private final Sink sink;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private float[] floats = new float[0];
  private String prefix = "";

  EncodingWriter(Sink sink) {
    this.sink = sink;
  }

  @Override
  public <T> void matrix(String name, Tensors<T> tensors, T matrix) {
    ElementType type = ElementType.of(tensors);
    int rows = tensors.rows(matrix);
    int columns = tensors.columns(matrix);
    sink.begin(full(name), type, List.of((long) rows, (long) columns));
    if (type == ElementType.F32) {
      putFloats(tensors, matrix);
    } else {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          room(Double.BYTES).putDouble(tensors.get(matrix, i, j));
        }
      }
    }
    end();
  }

  private <T> void putFloats(Tensors<T> tensors, T matrix) {
    int rows = tensors.rows(matrix);
    int columns = tensors.columns(matrix);
    int rowsAtOnce = Math.min(rows, Math.max(1, CHUNK_BYTES / Float.BYTES / columns));
    if (floats.length < rowsAtOnce * columns) {
      floats = new float[rowsAtOnce * columns];
    }
    for (int from = 0; from < rows; from += rowsAtOnce) {
      int count = Math.min(rowsAtOnce, rows - from);
      tensors.copyOut(tensors.rowRange(matrix, from, from + count), floats);
      for (int at = 0; at < count * columns; ) { // in bulk: training may wait for a copy
        int some = Math.min(count * columns - at, room(Float.BYTES).remaining() / Float.BYTES);
        buffer.asFloatBuffer().put(floats, at, some);
        buffer.position(buffer.position() + some * Float.BYTES);
        at += some;
      }
    }
  }

  @Override
  public void bytes(String name, byte[] values) {
    sink.begin(full(name), ElementType.U8, List.of((long) values.length));
    for (int at = 0; at < values.length; ) {
      int some = Math.min(values.length - at, room(Byte.BYTES).remaining());
      buffer.put(values, at, some);
      at += some;
    }
    end();
  }

  @Override
  public void ints(String name, int... values) {
    array(name, ElementType.I32, values.length, i -> buffer.putInt(values[i]));
  }

  @Override
  public void longs(String name, long... values) {
    array(name, ElementType.I64, values.length, i -> buffer.putLong(values[i]));
  }

  @Override
  public void floats(String name, float... values) {
    array(name, ElementType.F32, values.length, i -> buffer.putFloat(values[i]));
  }

  @Override
  public void doubles(String name, double... values) {
    array(name, ElementType.F64, values.length, i -> buffer.putDouble(values[i]));
  }

  @Override
  public void text(String name, String value) {
    sink.text(full(name), value);
  }

  @Override
  public void part(String name, Stateful part) {
    String outer = prefix;
    prefix = full(name) + ".";
    try {
      part.save(this);
    } finally {
      prefix = outer;
    }
  }

  private void array(String name, ElementType type, int count, IntConsumer put) {
    sink.begin(full(name), type, List.of((long) count));
    for (int i = 0; i < count; i++) {
      room(type.bytes);
      put.accept(i);
    }
    end();
  }

  private String full(String name) {
    return prefix + Names.requireValid(name);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    buffer.flip();
    crc.update(buffer.duplicate());
    sink.chunk(buffer);
    buffer.clear();
  }

  private void end() {
    flush();
    int checksum = (int) crc.getValue();
    crc.reset();
    sink.end(checksum);
  }
}
