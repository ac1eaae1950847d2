package io.nnem.core;

/**
 * Where a {@link Stateful} writes its state. Names are lower-case letters, digits, hyphens and
 * dots; within a {@link #part} they stand behind the part's name, as in {@code memory.keys}. Arrays
 * may be empty.
 */
public interface StateWriter {

  /**
   * A matrix, with the bits that it has: 32-bit or 64-bit floats, as the back end computes.
   *
   * @param name what it is called
   * @param tensors the back end
   * @param matrix the matrix
   * @param <T> the matrix type
   */
  <T> void matrix(String name, Tensors<T> tensors, T matrix);

  /**
   * Bytes.
   *
   * @param name what they are called
   * @param values the bytes
   */
  void bytes(String name, byte[] values);

  /**
   * 32-bit integers.
   *
   * @param name what they are called
   * @param values the numbers
   */
  void ints(String name, int... values);

  /**
   * 64-bit integers.
   *
   * @param name what they are called
   * @param values the numbers
   */
  void longs(String name, long... values);

  /**
   * 32-bit floats.
   *
   * @param name what they are called
   * @param values the numbers
   */
  void floats(String name, float... values);

  /**
   * 64-bit floats.
   *
   * @param name what they are called
   * @param values the numbers
   */
  void doubles(String name, double... values);

  /**
   * Flags, as the bytes 1 and 0.
   *
   * @param name what they are called
   * @param values true or false each
   */
  default void flags(String name, boolean... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    bytes(name, bytes);
  }

  /**
   * A text.
   *
   * @param name what it is called
   * @param value any characters
   */
  void text(String name, String value);

  /**
   * The state of a part.
   *
   * @param name what the part is called
   * @param part whose {@link Stateful#save} is called
   */
  void part(String name, Stateful part);
}
