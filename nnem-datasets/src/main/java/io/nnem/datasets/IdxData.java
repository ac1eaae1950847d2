package io.nnem.datasets;

import java.util.Arrays;

/**
 * The content of one IDX file of unsigned bytes: count x rows x columns pixels, or count labels.
 */
public final class IdxData {
  private final String source;
  private final int[] shape;
  private final byte[] bytes;

  IdxData(String source, int[] shape, byte[] bytes) {
    this.source = source;
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
   * The values, row-major, one unsigned byte each.
   *
   * @return the array itself, since it may be large: read it, or own it
   */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return source + " " + Arrays.toString(shape);
  }
}
