package io.nnem.core.state;

import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/** Gives a state its entries, each of which is checked before anything of it is used. */
final class EntryReader implements StateReader {

  /** Reads bytes from a place in the data, as many as the buffer has room for. */
  @FunctionalInterface
  interface Source {
    void read(long offset, ByteBuffer bytes) throws IOException;
  }

  private static final int BUFFER = 1 << 16;

  private final String prefix;
  private final Header header;
  private final Source source;
  private final boolean convert;
  private final String file;
  private final Set<String> asked;

  EntryReader(Header header, Source source, boolean convert, String file) {
    this("", header, source, convert, file, new TreeSet<>());
  }

  private EntryReader(
      String prefix,
      Header header,
      Source source,
      boolean convert,
      String file,
      Set<String> asked) {
    this.prefix = prefix;
    this.header = header;
    this.source = source;
    this.convert = convert;
    this.file = file;
    this.asked = asked;
  }

  private StateException bad(String what) {
    return new StateException(file + ": " + what + ".");
  }

  private Entry entry(String name) {
    Entry entry = header.entries.get(prefix + name);
    if (entry == null) {
      throw bad("there is no entry '" + prefix + name + "', which is needed here");
    }
    asked.add(prefix + name);
    return entry;
  }

  /** What nobody has asked for, in words; empty if there is nothing. */
  String left() {
    Set<String> left = new TreeSet<>();
    for (String name : header.entries.keySet()) {
      if (!asked.contains(name)) {
        left.add(name);
      }
    }
    for (String name : header.texts.keySet()) {
      if (name.startsWith(Header.TEXT) && !asked.contains(name.substring(Header.TEXT.length()))) {
        left.add(name.substring(Header.TEXT.length()));
      }
    }
    return String.join(", ", left);
  }

  /** Takes some bytes of an entry, whose checksum is right. */
  @FunctionalInterface
  private interface Taker {
    void take(ByteBuffer bytes);
  }

  /**
   * Goes over the bytes twice: no byte is taken before the checksum of all is known to be right.
   */
  private void read(Entry entry, Taker taker) {
    CRC32C sum = new CRC32C();
    over(entry, sum::update);
    String wanted = header.texts.get(Header.SUM + entry.name());
    if (!Header.checksum(sum).equals(wanted)) {
      throw bad(
          entry + " is damaged: its checksum is " + Header.checksum(sum) + " and not " + wanted);
    }
    over(entry, taker);
  }

  private void over(Entry entry, Taker taker) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (long from = entry.offset(); from < entry.end(); from += BUFFER) {
        buffer.clear().limit((int) Math.min(BUFFER, entry.end() - from));
        source.read(from, buffer);
        taker.take(buffer.flip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Entry array(String name, ElementType type, int count) {
    Entry entry = entry(name);
    if (entry.type() != type || !entry.shape().equals(List.of((long) count))) {
      throw bad(entry + " must be " + type + " [" + count + "]");
    }
    return entry;
  }

  @Override
  public <T> void matrix(String name, Tensors<T> tensors, T out) {
    Entry entry = entry(name);
    int columns = tensors.columns(out);
    List<Long> shape = List.of((long) tensors.rows(out), (long) columns);
    boolean single = entry.type() == ElementType.F32;
    if (!entry.shape().equals(shape) || (!single && entry.type() != ElementType.F64)) {
      throw bad(entry + " must be a matrix of floats, " + shape);
    }
    ElementType wanted = tensors.elementBytes() == Float.BYTES ? ElementType.F32 : ElementType.F64;
    if (entry.type() != wanted && !convert) {
      throw bad(
          entry
              + " is of "
              + entry.type()
              + ", but the back end computes with "
              + wanted
              + ": use the back end that it was saved with, or ask for it to be converted");
    }
    int rowsAtOnce = Math.max(1, Math.min(tensors.rows(out), BUFFER / columns));
    boolean intoFloats = wanted == ElementType.F32;
    int most = rowsAtOnce * columns;
    float[] floats = new float[intoFloats ? most : 0]; // bits stay as they are, of NaN too
    double[] doubles = new double[intoFloats ? 0 : most];
    int[] position = new int[2]; // elements held, and rows written
    read(
        entry,
        bytes -> {
          while (bytes.hasRemaining()) {
            int at = position[0]++;
            if (intoFloats) {
              floats[at] = single ? bytes.getFloat() : (float) bytes.getDouble();
            } else {
              doubles[at] = single ? bytes.getFloat() : bytes.getDouble();
            }
            if (position[0] == most || position[1] * columns + position[0] == entry.elements()) {
              int to = position[1] + position[0] / columns;
              T rows = tensors.rowRange(out, position[1], to);
              if (intoFloats) {
                tensors.copyIn(floats, rows);
              } else {
                tensors.copyIn(doubles, rows);
              }
              position[1] = to;
              position[0] = 0;
            }
          }
        });
  }

  @Override
  public long length(String name) {
    return entry(name).elements();
  }

  @Override
  public boolean has(String name) {
    String full = prefix + name;
    return header.texts.containsKey(Header.TEXT + full)
        || header.entries.keySet().stream()
            .anyMatch(each -> each.equals(full) || each.startsWith(full + "."));
  }

  @Override
  public byte[] bytes(String name, int count) {
    Entry entry = array(name, ElementType.U8, count);
    byte[] values = new byte[count];
    ByteBuffer all = ByteBuffer.wrap(values);
    read(entry, all::put);
    return values;
  }

  @Override
  public int[] ints(String name, int count) {
    Entry entry = array(name, ElementType.I32, count);
    int[] values = new int[count];
    int[] at = new int[1];
    read(
        entry,
        bytes -> {
          while (bytes.hasRemaining()) {
            values[at[0]++] = bytes.getInt();
          }
        });
    return values;
  }

  @Override
  public long[] longs(String name, int count) {
    Entry entry = array(name, ElementType.I64, count);
    long[] values = new long[count];
    int[] at = new int[1];
    read(
        entry,
        bytes -> {
          while (bytes.hasRemaining()) {
            values[at[0]++] = bytes.getLong();
          }
        });
    return values;
  }

  @Override
  public float[] floats(String name, int count) {
    Entry entry = array(name, ElementType.F32, count);
    float[] values = new float[count];
    int[] at = new int[1];
    read(
        entry,
        bytes -> {
          while (bytes.hasRemaining()) {
            values[at[0]++] = bytes.getFloat();
          }
        });
    return values;
  }

  @Override
  public double[] doubles(String name, int count) {
    Entry entry = array(name, ElementType.F64, count);
    double[] values = new double[count];
    int[] at = new int[1];
    read(
        entry,
        bytes -> {
          while (bytes.hasRemaining()) {
            values[at[0]++] = bytes.getDouble();
          }
        });
    return values;
  }

  @Override
  public String text(String name) {
    String text = header.texts.get(Header.TEXT + prefix + name);
    if (text == null) {
      throw bad("there is no text '" + prefix + name + "', which is needed here");
    }
    asked.add(prefix + name);
    return text;
  }

  @Override
  public void part(String name, Stateful part) {
    part.load(new EntryReader(prefix + name + ".", header, source, convert, file, asked));
  }
}
