package io.nnem.core.state;

import java.util.List;

/**
 * An array or a matrix in a file.
 *
 * @param name its full name, parts included
 * @param type of its elements
 * @param shape its length, or its rows and columns
 * @param offset of its first byte, from where the data begins
 * @param crc the CRC-32C of its bytes
 */
record StoredEntry(String name, ElementType type, List<Long> shape, long offset, int crc) {

  boolean isMatrix() {
    return shape.size() == 2;
  }

  /**
   * How many elements it has.
   *
   * @throws ArithmeticException if a {@code long} cannot hold the number
   */
  long elements() {
    long product = 1;
    for (long size : shape) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  /**
   * How many bytes it takes.
   *
   * @throws ArithmeticException if a {@code long} cannot hold the number
   */
  long length() {
    return Math.multiplyExact(elements(), type.bytes);
  }

  /** The same entry in another place. */
  StoredEntry at(long newOffset) {
    return new StoredEntry(name, type, shape, newOffset, crc);
  }

  /** As in {@code F32 [500, 32]}. */
  String description() {
    return type + " " + shape;
  }
}
