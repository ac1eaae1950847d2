package io.nnem.core.state;

import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.Stateful;
import io.nnem.core.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Reads a state from a file. Nothing is allocated before the header has been found to fit. */
final class StoredReader implements StateReader {

  private static final int NAMED = 5;

  private final StateHeader header;
  private final EntryInput input;
  private final boolean convert;
  private final TreeSet<String> names = new TreeSet<>();
  private final TreeSet<String> unread;
  private float[] floats = new float[0];
  private String prefix = "";

  /**
   * Creates the reader.
   *
   * @param header what the file has
   * @param input where its data is read
   * @param convert whether a matrix may have another precision than the back end
   */
  StoredReader(StateHeader header, EntryInput input, boolean convert) {
    this.header = header;
    this.input = input;
    this.convert = convert;
    names.addAll(header.entries().keySet());
    names.addAll(header.texts().keySet());
    this.unread = new TreeSet<>(names);
  }

  @Override
  public <T> void matrix(String name, Tensors<T> tensors, T out) {
    ElementType type = ElementType.of(tensors);
    long rows = tensors.rows(out);
    long columns = tensors.columns(out);
    StoredEntry entry = find(name, type + " [" + rows + ", " + columns + "]");
    if (!entry.shape().equals(List.of(rows, columns))) {
      throw misfit(entry, type + " [" + rows + ", " + columns + "]");
    }
    if (entry.type() != type && !convert) {
      throw new StateException(
          entry.name()
              + " was saved as "
              + entry.type()
              + ", but the back end computes with "
              + type
              + ": use a back end of that precision, or ask for conversion.");
    }
    input.begin(entry);
    if (type == ElementType.F32) {
      takeFloats(tensors, out, entry.type());
    } else {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          tensors.set(out, i, j, nextFloat(entry.type()));
        }
      }
    }
    end(entry);
  }

  private <T> void takeFloats(Tensors<T> tensors, T out, ElementType stored) {
    int rows = tensors.rows(out);
    int columns = tensors.columns(out);
    int rowsAtOnce =
        Math.min(rows, Math.max(1, EncodingWriter.CHUNK_BYTES / Float.BYTES / columns));
    if (floats.length < rowsAtOnce * columns) {
      floats = new float[rowsAtOnce * columns];
    }
    for (int from = 0; from < rows; from += rowsAtOnce) {
      int count = Math.min(rowsAtOnce, rows - from);
      for (int i = 0; i < count * columns; i++) {
        // not by way of a double where that can be avoided: it would quiet a signalling NaN
        floats[i] =
            stored == ElementType.F32
                ? input.next(Float.BYTES).getFloat()
                : (float) input.next(Double.BYTES).getDouble();
      }
      tensors.copyIn(floats, tensors.rowRange(out, from, from + count));
    }
  }

  private double nextFloat(ElementType stored) {
    return stored == ElementType.F32
        ? input.next(Float.BYTES).getFloat()
        : input.next(Double.BYTES).getDouble();
  }

  @Override
  public long length(String name) {
    return find(name, "an array or a matrix").elements();
  }

  @Override
  public boolean has(String name) {
    String full = prefix + name;
    if (names.contains(full)) {
      return true;
    }
    String first = names.ceiling(full + ".");
    return first != null && first.startsWith(full + ".");
  }

  @Override
  public byte[] bytes(String name, int count) {
    StoredEntry entry = begin(name, ElementType.U8, count);
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      values[i] = input.next(Byte.BYTES).get();
    }
    end(entry);
    return values;
  }

  @Override
  public int[] ints(String name, int count) {
    StoredEntry entry = begin(name, ElementType.I32, count);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = input.next(Integer.BYTES).getInt();
    }
    end(entry);
    return values;
  }

  @Override
  public long[] longs(String name, int count) {
    StoredEntry entry = begin(name, ElementType.I64, count);
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = input.next(Long.BYTES).getLong();
    }
    end(entry);
    return values;
  }

  @Override
  public float[] floats(String name, int count) {
    StoredEntry entry = begin(name, ElementType.F32, count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = input.next(Float.BYTES).getFloat();
    }
    end(entry);
    return values;
  }

  @Override
  public double[] doubles(String name, int count) {
    StoredEntry entry = begin(name, ElementType.F64, count);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = input.next(Double.BYTES).getDouble();
    }
    end(entry);
    return values;
  }

  @Override
  public String text(String name) {
    String full = prefix + name;
    String text = header.texts().get(full);
    if (text == null) {
      StoredEntry entry = header.entries().get(full);
      throw entry == null ? missing(full, "a text") : misfit(entry, "a text");
    }
    unread.remove(full);
    return text;
  }

  @Override
  public long number(String name, long least, long most) {
    long value = longs(name, 1)[0];
    if (value < least || value > most) {
      throw new StateException(
          prefix + name + " is " + value + ", but must be from " + least + " to " + most + ".");
    }
    return value;
  }

  @Override
  public void part(String name, Stateful part) {
    String outer = prefix;
    prefix = prefix + name + ".";
    try {
      part.load(this);
    } finally {
      prefix = outer;
    }
  }

  void requireAllRead() {
    if (!unread.isEmpty()) {
      List<String> some = new ArrayList<>(unread).subList(0, Math.min(NAMED, unread.size()));
      throw new StateException(
          "it has what was not asked for: "
              + String.join(", ", some)
              + (unread.size() > NAMED ? " and " + (unread.size() - NAMED) + " more" : "")
              + ". It was saved by something that was built otherwise.");
    }
  }

  private StoredEntry begin(String name, ElementType type, int count) {
    String wanted = type + " [" + count + "]";
    StoredEntry entry = find(name, wanted);
    if (entry.type() != type || !entry.shape().equals(List.of((long) count))) {
      throw misfit(entry, wanted);
    }
    input.begin(entry);
    return entry;
  }

  private void end(StoredEntry entry) {
    input.end();
    unread.remove(entry.name());
  }

  private StoredEntry find(String name, String wanted) {
    String full = prefix + name;
    StoredEntry entry = header.entries().get(full);
    if (entry != null) {
      return entry;
    }
    if (header.texts().containsKey(full)) {
      throw new StateException(full + " is a text, but " + wanted + " was asked for.");
    }
    throw missing(full, wanted);
  }

  private static StateException missing(String full, String wanted) {
    return new StateException(
        "there is no "
            + full
            + " ("
            + wanted
            + " was asked for). It was saved by something that was built otherwise.");
  }

  private static StateException misfit(StoredEntry entry, String wanted) {
    return new StateException(
        entry.name()
            + " is "
            + entry.description()
            + ", but "
            + wanted
            + " was asked for. It was saved by something that was built otherwise.");
  }
}
