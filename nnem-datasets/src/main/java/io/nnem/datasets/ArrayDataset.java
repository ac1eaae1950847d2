package io.nnem.datasets;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;

/** A view of some consecutive observations in arrays that it shares with its slices. */
final class ArrayDataset implements Dataset {
  /** Labels that a check sum has in one byte each. */
  private static final int BYTES = 256;

  private final String name;
  private final int rows;
  private final int columns;
  private final int classes;
  private final Values values;
  private final int[] labels;
  private final int first;
  private final int size;
  private volatile String checksum;

  private ArrayDataset(
      String name,
      int rows,
      int columns,
      int classes,
      Values values,
      int[] labels,
      int first,
      int size) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A data set needs a name, but it is blank.");
    }
    this.name = name;
    this.rows = rows;
    this.columns = columns;
    this.classes = classes;
    this.values = values;
    this.labels = labels;
    this.first = first;
    this.size = size;
  }

  /** Numbers one after another, held in what takes least room. */
  interface Values {
    int count();

    void copy(int from, int to, float[] out, int at);

    void digest(int from, int to, MessageDigest digest);

    /** Names the first observation, of so many numbers each, that has one which is not finite. */
    void requireFinite(int each);

    /** Unsigned bytes, where 255 is 1. Nobody may write to them afterwards. */
    static Values of(byte[] pixels) {
      return new Pixels(pixels);
    }

    /** Floats as they are. Nobody may write to them afterwards. */
    static Values of(float[] floats) {
      return new Floats(floats);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // compared with nobody
  private record Pixels(byte[] pixels) implements Values {
    private static final float[] UNIT = unitValues();

    @Override
    public int count() {
      return pixels.length;
    }

    @Override
    public void copy(int from, int to, float[] out, int at) {
      for (int i = from; i < to; i++) {
        out[at + i - from] = UNIT[pixels[i] & 0xff];
      }
    }

    @Override
    public void digest(int from, int to, MessageDigest digest) {
      digest.update(pixels, from, to - from);
    }

    @Override
    public void requireFinite(int each) {}

    private static float[] unitValues() {
      float[] values = new float[256];
      for (int i = 0; i < values.length; i++) {
        values[i] = i / 255f;
      }
      return values;
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Floats(float[] floats) implements Values {
    @Override
    public int count() {
      return floats.length;
    }

    @Override
    public void copy(int from, int to, float[] out, int at) {
      System.arraycopy(floats, from, out, at, to - from);
    }

    @Override
    public void digest(int from, int to, MessageDigest digest) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES);
      for (int i = from; i < to; i++) {
        digest.update(bytes.putFloat(0, floats[i]).array());
      }
    }

    @Override
    public void requireFinite(int each) {
      for (int i = 0; i < floats.length; i++) {
        if (!Float.isFinite(floats[i])) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "Observation %d has %s at place %d (counted from 0): values must be finite.",
                  i / each,
                  floats[i],
                  i % each));
        }
      }
    }
  }

  /**
   * Makes a data set that keeps the arrays; nobody may write to them afterwards.
   *
   * @param name the name used in reports, not blank
   * @param rows the height of an observation
   * @param columns the width of an observation
   * @param classes the number of classes, at least 1
   * @param values size x rows x columns numbers
   * @param labels size of them, each from 0 to {@code classes - 1}
   * @return the data set
   * @throws IllegalArgumentException if these do not fit together, or a value is not finite
   */
  static ArrayDataset of(
      String name, int rows, int columns, int classes, Values values, int[] labels) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "An observation needs at least one row and one column, but it is %d x %d.",
              rows,
              columns));
    }
    if (classes < 1) {
      throw new IllegalArgumentException("There must be 1 class or more, not " + classes + ".");
    }
    if (labels.length == 0) {
      throw new IllegalArgumentException("A data set needs at least one label, but there is none.");
    }
    // Divided rather than multiplied, so that absurd sizes cannot overflow into agreement.
    long each = (long) rows * columns;
    if (values.count() % each != 0 || values.count() / each != labels.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d labels of %d x %d observations cannot go with %d values; each needs %d.",
              labels.length,
              rows,
              columns,
              values.count(),
              each));
    }
    values.requireFinite((int) each);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Label %d of observation %d is not from 0 to %d, as %d classes have them.",
                labels[i],
                i,
                classes - 1,
                classes));
      }
    }
    return new ArrayDataset(name, rows, columns, classes, values, labels, 0, labels.length);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    requireIndex(index);
    return labels[first + index];
  }

  @Override
  public void copyObservations(int[] indices, int from, int count, float[] out) {
    int width = observationSize();
    requireRoom(indices, from, count, width, "observations", out);
    for (int i = 0; i < count; i++) {
      int start = (first + indices[from + i]) * width;
      values.copy(start, start + width, out, i * width);
    }
  }

  @Override
  public void copyOneHot(int[] indices, int from, int count, float[] out) {
    requireRoom(indices, from, count, classes, "one-hot labels", out);
    Arrays.fill(out, 0, count * classes, 0f);
    for (int row = 0; row < count; row++) {
      out[row * classes + labels[first + indices[from + row]]] = 1f;
    }
  }

  @Override
  public Dataset slice(int from, int to) {
    if (from < 0 || to > size || from >= to) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[%d, %d) is no slice of %s: use 0 <= from < to <= %d.",
              from,
              to,
              name,
              size));
    }
    String range = name + "[" + from + ", " + to + ")";
    return new ArrayDataset(range, rows, columns, classes, values, labels, first + from, to - from);
  }

  @Override
  public Dataset named(String name) {
    return new ArrayDataset(name, rows, columns, classes, values, labels, first, size);
  }

  @Override
  public String checksum() {
    if (checksum == null) {
      MessageDigest digest = Sha256.digest();
      ByteBuffer header = ByteBuffer.allocate(4 * Integer.BYTES);
      digest.update(header.putInt(size).putInt(rows).putInt(columns).putInt(classes).array());
      values.digest(first * observationSize(), (first + size) * observationSize(), digest);
      ByteBuffer label = ByteBuffer.allocate(classes <= BYTES ? 1 : Integer.BYTES);
      for (int i = first; i < first + size; i++) {
        label.clear();
        digest.update(
            (classes <= BYTES ? label.put((byte) labels[i]) : label.putInt(labels[i])).array());
      }
      checksum = Sha256.hex(digest);
    }
    return checksum;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %d observations of %d x %d in %d classes",
        name,
        size,
        rows,
        columns,
        classes);
  }

  private void requireRoom(
      int[] indices, int from, int count, int width, String what, float[] out) {
    if (from < 0 || count < 0 || from > indices.length - count) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d indices from position %d on were asked for, but there are %d in all.",
              count,
              from,
              indices.length));
    }
    if (out.length < (long) count * width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d x %d %s need %d floats, but out holds %d.",
              count,
              width,
              what,
              (long) count * width,
              out.length));
    }
    for (int i = from; i < from + count; i++) {
      requireIndex(indices[i]);
    }
  }

  private void requireIndex(int index) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Observation %d is not in %s: use 0 to %d.", index, name, size - 1));
    }
  }
}
