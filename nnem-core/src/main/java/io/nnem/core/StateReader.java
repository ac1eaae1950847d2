package io.nnem.core;

/**
 * Where a {@link Stateful} reads its state. Every method throws a {@link StateException} that names
 * the file and the entry if there is no such entry, it is of another kind, or has another length or
 * shape than what is asked for.
 */
public interface StateReader {

  /**
   * A matrix.
   *
   * @param name what it is called
   * @param tensors the back end
   * @param out receives it; must have its shape
   * @param <T> the matrix type
   */
  <T> void matrix(String name, Tensors<T> tensors, T out);

  /**
   * How many elements an entry has.
   *
   * @param name what it is called
   * @return rows times columns of a matrix, or the length of an array
   */
  long length(String name);

  /**
   * Whether there is an entry, or a part, of a name.
   *
   * @param name what it would be called
   * @return true if there is
   */
  boolean has(String name);

  /**
   * Bytes.
   *
   * @param name what they are called
   * @param count how many there must be
   * @return a new array
   */
  byte[] bytes(String name, int count);

  /**
   * 32-bit integers.
   *
   * @param name what they are called
   * @param count how many there must be
   * @return a new array
   */
  int[] ints(String name, int count);

  /**
   * 64-bit integers.
   *
   * @param name what they are called
   * @param count how many there must be
   * @return a new array
   */
  long[] longs(String name, int count);

  /**
   * 32-bit floats.
   *
   * @param name what they are called
   * @param count how many there must be
   * @return a new array
   */
  float[] floats(String name, int count);

  /**
   * 64-bit floats.
   *
   * @param name what they are called
   * @param count how many there must be
   * @return a new array
   */
  double[] doubles(String name, int count);

  /**
   * Flags: bytes that are not 0.
   *
   * @param name what they are called
   * @param count how many there must be
   * @return a new array
   */
  default boolean[] flags(String name, int count) {
    byte[] bytes = bytes(name, count);
    boolean[] values = new boolean[count];
    for (int i = 0; i < count; i++) {
      values[i] = bytes[i] != 0;
    }
    return values;
  }

  /**
   * A text.
   *
   * @param name what it is called
   * @return the text
   */
  String text(String name);

  /**
   * The state of a part.
   *
   * @param name what the part is called
   * @param part whose {@link Stateful#load} is called
   */
  void part(String name, Stateful part);

  /**
   * One 64-bit integer within bounds.
   *
   * @param name what it is called
   * @param least the least that it may be
   * @param most the most that it may be
   * @return the number
   * @throws StateException if it is outside
   */
  default long number(String name, long least, long most) {
    long value = longs(name, 1)[0];
    if (value < least || value > most) {
      throw new StateException(
          name + " is " + value + ", but must be from " + least + " to " + most + ".");
    }
    return value;
  }
}
