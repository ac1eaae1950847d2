package io.nnem.datasets;

import java.util.stream.IntStream;

/**
 * Labelled observations of one size. A data set never changes and may be used by many threads at
 * once.
 *
 * <p>An observation is {@link #observationSize()} floats: an image of {@link #rows()} x {@link
 * #columns()} grey values, row by row, or the one row of a table. Where they were stored as bytes,
 * they are in [0, 1], and a byte b becomes b / 255. Its label is a class from 0 to {@link
 * #classes()} - 1.
 */
public interface Dataset {
  /**
   * The name used in reports.
   *
   * @return for example {@code mnist/training}
   */
  String name();

  /**
   * How many observations there are.
   *
   * @return at least 1
   */
  int size();

  /**
   * The height of an observation.
   *
   * @return lines of an image, at least 1; 1 of a table
   */
  int rows();

  /**
   * The width of an observation.
   *
   * @return places of a line, at least 1; numbers of a table's row
   */
  int columns();

  /**
   * The number of classes. Not every class need occur in this data set: a slice keeps the classes
   * of the whole.
   *
   * @return at least 1
   */
  int classes();

  /**
   * The length of an observation.
   *
   * @return rows x columns
   */
  default int observationSize() {
    return rows() * columns();
  }

  /**
   * The class of one observation.
   *
   * @param index from 0 to size - 1
   * @return from 0 to classes - 1
   * @throws IllegalArgumentException if the index is out of range
   */
  int label(int index);

  /**
   * Copies the chosen observations into {@code out[0 .. count * observationSize)}, a row-major
   * matrix of count x observationSize floats. The rest of {@code out} is left alone. If an argument
   * is wrong, nothing is written.
   *
   * @param indices observations, each from 0 to size - 1; repeats are allowed
   * @param from the first entry of {@code indices} to use
   * @param count how many entries of {@code indices} to use
   * @param out where to write, at least count x observationSize long
   * @throws IllegalArgumentException if an index is out of range, the entries wanted are not all
   *     there, or {@code out} is too short
   */
  void copyObservations(int[] indices, int from, int count, float[] out);

  /**
   * Copies the labels of the chosen observations into {@code out[0 .. count * classes)}, a
   * row-major matrix of count x classes: 1 at the label of the row, 0 elsewhere. The rest of {@code
   * out} is left alone. If an argument is wrong, nothing is written.
   *
   * @param indices observations, each from 0 to size - 1; repeats are allowed
   * @param from the first entry of {@code indices} to use
   * @param count how many entries of {@code indices} to use
   * @param out where to write, at least count x classes long
   * @throws IllegalArgumentException if an index is out of range, the entries wanted are not all
   *     there, or {@code out} is too short
   */
  void copyOneHot(int[] indices, int from, int count, float[] out);

  /**
   * All observations, as rows to learn from.
   *
   * @return size arrays of observationSize floats, new ones
   */
  default float[][] observations() {
    float[][] all = new float[size()][observationSize()];
    for (int i = 0; i < all.length; i++) {
      copyObservations(new int[] {i}, 0, 1, all[i]);
    }
    return all;
  }

  /**
   * The classes of all observations.
   *
   * @return a new array, each from 0 to classes - 1
   */
  default int[] labels() {
    return IntStream.range(0, size()).map(this::label).toArray();
  }

  /**
   * The observations {@code from} to {@code to - 1} as a data set of their own. No number is
   * copied.
   *
   * @param from the first observation
   * @param to one past the last observation, greater than {@code from}
   * @return a view, named after this data set and the range
   * @throws IllegalArgumentException if the range is empty or not inside this data set
   */
  Dataset slice(int from, int to);

  /**
   * This data set under another name. No number is copied.
   *
   * @param name the new name, not blank
   * @return a view with the same content and check sum
   * @throws IllegalArgumentException if the name is blank
   */
  Dataset named(String name);

  /**
   * A check sum to keep with results: SHA-256 over size, rows, columns and classes as four
   * big-endian 32-bit integers, then all values as they are stored, a byte or a big-endian float
   * each, then all labels, one byte each, or four if there are more than 256 classes. Equal content
   * gives an equal sum, whatever the name and wherever the data came from.
   *
   * @return 64 lower-case hexadecimal digits
   */
  String checksum();
}
