package io.nnem.datasets;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The content of one IDX file: count x rows x columns numbers, or count labels. */
public final class IdxData {
  private final String source;
  private final IdxType type;
  private final int[] shape;
  private final byte[] bytes;

  IdxData(String source, IdxType type, int[] shape, byte[] bytes) {
    this.source = source;
    this.type = type;
    this.shape = shape;
    this.bytes = bytes;
  }

  /**
   * Where this came from, as error messages should name it.
   *
   * @return usually a path
   */
  public String source() {
    return source;
  }

  /**
   * How many images or labels there are.
   *
   * @return at least 1
   */
  public int count() {
    return shape[0];
  }

  /**
   * The extent of each dimension.
   *
   * @return {count, rows, columns} for images, {count} for labels; a fresh array
   */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * Whether the numbers are unsigned bytes.
   *
   * @return true if {@link #bytes} has one for each
   */
  public boolean isUnsignedBytes() {
    return type == IdxType.UNSIGNED_BYTE;
  }

  /**
   * The numbers as they stand in the file, row-major, big-endian.
   *
   * @return the array itself, since it may be large: read it, or own it
   */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * The numbers, whatever type they have.
   *
   * @return a fresh array, row-major
   */
  public float[] floats() {
    ByteBuffer numbers = ByteBuffer.wrap(bytes);
    float[] floats = new float[bytes.length / type.bytes];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) type.get(numbers, i * type.bytes);
    }
    return floats;
  }

  /** Labels, or the first number of each row of labels. */
  int[] labels() {
    ByteBuffer numbers = ByteBuffer.wrap(bytes);
    int[] labels = new int[count()];
    int each = bytes.length / labels.length;
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (int) type.get(numbers, i * each);
    }
    return labels;
  }

  @Override
  public String toString() {
    return source + " " + Arrays.toString(shape);
  }
}
