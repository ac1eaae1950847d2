package io.nnem.core.state;

import io.nnem.core.StateWriter;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Turns a state into bytes, piece by piece, and keeps account of them. It is used twice for a file:
 * once for the account, which stands first in the file, and once for the bytes.
 */
final class EntryWriter implements StateWriter {

  /** Takes bytes. */
  @FunctionalInterface
  interface Sink {
    void write(ByteBuffer bytes) throws IOException;
  }

  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
  private static final int BUFFER = 1 << 16;

  private final String prefix;
  private final Account account;

  /** What was written so far, by all parts. */
  static final class Account {
    final Map<String, Entry> entries = new LinkedHashMap<>();
    final Map<String, String> texts = new TreeMap<>();
    final Map<String, String> sums = new TreeMap<>();
    private final Sink sink;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long end;

    Account(Sink sink) {
      this.sink = sink;
    }

    /** The header of a file with these entries. */
    Header header(Map<String, String> metadata) {
      Map<String, String> all = new TreeMap<>();
      metadata.forEach((name, text) -> all.put(Header.CALLERS + name, text));
      texts.forEach((name, text) -> all.put(Header.TEXT + name, text));
      sums.forEach((name, sum) -> all.put(Header.SUM + name, sum));
      return new Header(entries, all);
    }
  }

  EntryWriter(Account account) {
    this("", account);
  }

  private EntryWriter(String prefix, Account account) {
    this.prefix = prefix;
    this.account = account;
  }

  private String fullName(String name) {
    String full = prefix + name;
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "An entry's name is lower-case letters, digits, hyphens and dots, but this is '"
              + name
              + "'.");
    }
    if (account.entries.containsKey(full) || account.texts.containsKey(full)) {
      throw new IllegalStateException("The state names '" + full + "' twice.");
    }
    return full;
  }

  /** Writes elements one after the other, {@code put(i)} putting element {@code i}. */
  private void write(String name, ElementType type, List<Long> shape, int count, IntConsumer put) {
    String full = fullName(name);
    CRC32C sum = new CRC32C();
    ByteBuffer buffer = account.buffer.clear();
    for (int i = 0; i < count; i++) {
      if (buffer.remaining() < type.bytes) {
        flush(sum);
      }
      put.accept(i);
    }
    flush(sum);
    Entry entry = new Entry(full, type, shape, account.end);
    account.end = entry.end();
    account.entries.put(full, entry);
    account.sums.put(full, Header.checksum(sum));
  }

  private void flush(CRC32C sum) {
    ByteBuffer buffer = account.buffer.flip();
    sum.update(buffer.duplicate());
    try {
      while (buffer.hasRemaining()) {
        account.sink.write(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    buffer.clear();
  }

  @Override
  public <T> void matrix(String name, Tensors<T> tensors, T matrix) {
    int rows = tensors.rows(matrix);
    int columns = tensors.columns(matrix);
    boolean floats = tensors.elementBytes() == Float.BYTES;
    List<Long> shape = List.of((long) rows, (long) columns);
    MatrixRows<T> source = new MatrixRows<>(tensors, matrix, floats);
    write(
        name,
        floats ? ElementType.F32 : ElementType.F64,
        shape,
        rows * columns,
        i -> {
          if (floats) {
            account.buffer.putFloat(source.floatAt(i));
          } else {
            account.buffer.putDouble(source.doubleAt(i));
          }
        });
  }

  /** A matrix's elements, some rows at a time. */
  private static final class MatrixRows<T> {
    private final Tensors<T> tensors;
    private final T matrix;
    private final int columns;
    private final int rowsAtOnce;
    private final float[] floats;
    private final double[] doubles;
    private int from;
    private int to;

    MatrixRows(Tensors<T> tensors, T matrix, boolean single) {
      this.tensors = tensors;
      this.matrix = matrix;
      this.columns = tensors.columns(matrix);
      this.rowsAtOnce = Math.max(1, Math.min(tensors.rows(matrix), BUFFER / columns));
      this.floats = single ? new float[rowsAtOnce * columns] : null;
      this.doubles = single ? null : new double[rowsAtOnce * columns];
    }

    private int place(int i) {
      if (i >= to) {
        int row = i / columns;
        int last = Math.min(row + rowsAtOnce, tensors.rows(matrix));
        T some = tensors.rowRange(matrix, row, last);
        if (floats == null) {
          tensors.copyOut(some, doubles);
        } else {
          tensors.copyOut(some, floats);
        }
        from = row * columns;
        to = last * columns;
      }
      return i - from;
    }

    float floatAt(int i) {
      int place = place(i);
      return floats[place];
    }

    double doubleAt(int i) {
      int place = place(i);
      return doubles[place];
    }
  }

  @Override
  public void bytes(String name, byte[] values) {
    write(name, ElementType.U8, values.length, i -> account.buffer.put(values[i]));
  }

  private void write(String name, ElementType type, int length, IntConsumer put) {
    write(name, type, List.of((long) length), length, put);
  }

  @Override
  public void ints(String name, int... values) {
    write(name, ElementType.I32, values.length, i -> account.buffer.putInt(values[i]));
  }

  @Override
  public void longs(String name, long... values) {
    write(name, ElementType.I64, values.length, i -> account.buffer.putLong(values[i]));
  }

  @Override
  public void floats(String name, float... values) {
    write(name, ElementType.F32, values.length, i -> account.buffer.putFloat(values[i]));
  }

  @Override
  public void doubles(String name, double... values) {
    write(name, ElementType.F64, values.length, i -> account.buffer.putDouble(values[i]));
  }

  @Override
  public void text(String name, String value) {
    account.texts.put(fullName(name), value);
  }

  @Override
  public void part(String name, Stateful part) {
    part.save(new EntryWriter(prefix + name + ".", account));
  }
}
