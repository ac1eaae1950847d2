package io.nnem.datasets;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;

/** A view of some consecutive images in a byte array that it shares with its slices. */
final class ByteDataset implements Dataset {
  private static final float[] UNIT = unitValues();

  private final String name;
  private final int rows;
  private final int columns;
  private final int classes;
  private final byte[] pixels;
  private final byte[] labels;
  private final int first;
  private final int size;
  private volatile String checksum;

  private ByteDataset(
      String name,
      int rows,
      int columns,
      int classes,
      byte[] pixels,
      byte[] labels,
      int first,
      int size) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A data set needs a name, but it is blank.");
    }
    this.name = name;
    this.rows = rows;
    this.columns = columns;
    this.classes = classes;
    this.pixels = pixels;
    this.labels = labels;
    this.first = first;
    this.size = size;
  }

  /**
   * Makes a data set that keeps the arrays; nobody may write to them afterwards.
   *
   * @param name the name used in reports, not blank
   * @param rows the height of an image in pixels
   * @param columns the width of an image in pixels
   * @param classes the number of classes, from 1 to 256
   * @param pixels size x rows x columns unsigned bytes
   * @param labels size unsigned bytes, each below {@code classes}
   * @return the data set
   * @throws IllegalArgumentException if these do not fit together
   */
  static ByteDataset of(
      String name, int rows, int columns, int classes, byte[] pixels, byte[] labels) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "An image needs at least one row and one column, but it is %d x %d.",
              rows,
              columns));
    }
    if (classes < 1 || classes > 256) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Labels are unsigned bytes: use 1 to 256 classes, not %d.", classes));
    }
    if (labels.length == 0) {
      throw new IllegalArgumentException("A data set needs at least one label, but there is none.");
    }
    // Divided rather than multiplied, so that absurd sizes cannot overflow into agreement.
    long imageSize = (long) rows * columns;
    if (pixels.length % imageSize != 0 || pixels.length / imageSize != labels.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d labels of %d x %d images cannot go with %d pixels; each image needs %d.",
              labels.length,
              rows,
              columns,
              pixels.length,
              imageSize));
    }
    for (int i = 0; i < labels.length; i++) {
      if (Byte.toUnsignedInt(labels[i]) >= classes) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Label %d of observation %d is not below the number of classes, %d.",
                Byte.toUnsignedInt(labels[i]),
                i,
                classes));
      }
    }
    return new ByteDataset(name, rows, columns, classes, pixels, labels, 0, labels.length);
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
    return Byte.toUnsignedInt(labels[first + index]);
  }

  @Override
  public void copyObservations(int[] indices, int from, int count, float[] out) {
    int width = observationSize();
    requireRoom(indices, from, count, width, "observations", out);
    int to = 0;
    for (int i = from; i < from + count; i++) {
      int pixel = (first + indices[i]) * width;
      for (int end = pixel + width; pixel < end; pixel++) {
        out[to++] = UNIT[pixels[pixel] & 0xff];
      }
    }
  }

  @Override
  public void copyOneHot(int[] indices, int from, int count, float[] out) {
    requireRoom(indices, from, count, classes, "one-hot labels", out);
    Arrays.fill(out, 0, count * classes, 0f);
    for (int row = 0; row < count; row++) {
      out[row * classes + (labels[first + indices[from + row]] & 0xff)] = 1f;
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
    return new ByteDataset(range, rows, columns, classes, pixels, labels, first + from, to - from);
  }

  @Override
  public Dataset named(String name) {
    return new ByteDataset(name, rows, columns, classes, pixels, labels, first, size);
  }

  @Override
  public String checksum() {
    if (checksum == null) {
      MessageDigest digest = Sha256.digest();
      ByteBuffer header = ByteBuffer.allocate(4 * Integer.BYTES);
      digest.update(header.putInt(size).putInt(rows).putInt(columns).putInt(classes).array());
      digest.update(pixels, first * observationSize(), size * observationSize());
      digest.update(labels, first, size);
      checksum = Sha256.hex(digest);
    }
    return checksum;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s: %d images of %d x %d in %d classes", name, size, rows, columns, classes);
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

  private static float[] unitValues() {
    float[] values = new float[256];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 255f;
    }
    return values;
  }
}
