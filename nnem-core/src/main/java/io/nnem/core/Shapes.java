package io.nnem.core;

import java.util.Locale;

/** Checks of matrices, worded alike for every back end. */
public final class Shapes {

  private Shapes() {}

  /**
   * Requires a matrix to have a shape.
   *
   * @param tensors the back end
   * @param name what the matrix is called in the message
   * @param matrix the matrix
   * @param rows rows it must have
   * @param columns columns it must have
   * @param <T> the matrix type
   * @throws IllegalArgumentException with both shapes
   */
  public static <T> void require(Tensors<T> tensors, String name, T matrix, int rows, int columns) {
    int actualRows = tensors.rows(matrix);
    int actualColumns = tensors.columns(matrix);
    if (actualRows != rows || actualColumns != columns) {
      throw new IllegalArgumentException(
          name
              + " must be "
              + rows
              + " x "
              + columns
              + ", but it is "
              + actualRows
              + " x "
              + actualColumns
              + ".");
    }
  }

  /**
   * Requires two matrices to have one shape.
   *
   * @param tensors the back end
   * @param name what {@code matrix} is called in the message
   * @param matrix the matrix
   * @param like the matrix whose shape it must have
   * @param <T> the matrix type
   * @throws IllegalArgumentException with both shapes
   */
  public static <T> void requireLike(Tensors<T> tensors, String name, T matrix, T like) {
    require(tensors, name, matrix, tensors.rows(like), tensors.columns(like));
  }

  /**
   * Requires a matrix to have a number of columns.
   *
   * @param tensors the back end
   * @param name what the matrix is called in the message
   * @param matrix the matrix
   * @param columns columns it must have
   * @param <T> the matrix type
   * @throws IllegalArgumentException with its shape
   */
  public static <T> void requireColumns(Tensors<T> tensors, String name, T matrix, int columns) {
    int actual = tensors.columns(matrix);
    if (actual != columns) {
      throw new IllegalArgumentException(
          name
              + " must have "
              + columns
              + " columns, but it is "
              + tensors.rows(matrix)
              + " x "
              + actual
              + ".");
    }
  }

  /**
   * Requires sizes that a matrix can have.
   *
   * @param rows rows, at least 1
   * @param columns columns, at least 1
   * @throws IllegalArgumentException if one is below 1, or there are more elements than an int can
   *     count
   */
  public static void requireSize(int rows, int columns) {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "A matrix must have at least one row and one column, but "
              + rows
              + " x "
              + columns
              + " was asked for.");
    }
    if ((long) rows * columns > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A matrix can have at most "
              + Integer.MAX_VALUE
              + " elements, but "
              + rows
              + " x "
              + columns
              + " was asked for.");
    }
  }

  /**
   * Requires a range of rows to be within a matrix.
   *
   * @param from first row
   * @param to row after the last
   * @param rows rows of the matrix
   * @throws IllegalArgumentException if the range is empty or outside
   */
  public static void requireRange(int from, int to, int rows) {
    if (from < 0 || to > rows || from >= to) {
      throw new IllegalArgumentException(
          "Rows " + from + " to " + to + " (exclusive) are not a range within " + rows + " rows.");
    }
  }

  /**
   * Requires an element to be within a matrix.
   *
   * @param row its row
   * @param column its column
   * @param rows rows of the matrix
   * @param columns columns of the matrix
   * @throws IllegalArgumentException if it is outside
   */
  public static void requireElement(int row, int column, int rows, int columns) {
    if (row < 0 || row >= rows || column < 0 || column >= columns) {
      throw new IllegalArgumentException(
          "Element ("
              + row
              + ", "
              + column
              + ") is not within a "
              + rows
              + " x "
              + columns
              + " matrix.");
    }
  }

  /**
   * Requires an array to have room for a matrix.
   *
   * @param length length of the array
   * @param rows rows of the matrix
   * @param columns columns of the matrix
   * @throws IllegalArgumentException if the array is too short
   */
  public static void requireRoom(int length, int rows, int columns) {
    if (length < (long) rows * columns) {
      throw new IllegalArgumentException(
          "An array for a "
              + rows
              + " x "
              + columns
              + " matrix must have at least "
              + (long) rows * columns
              + " elements, but it has "
              + length
              + ".");
    }
  }

  /**
   * Requires indices to be rows of a matrix, one for each row of another.
   *
   * @param indices the indices
   * @param count how many there must be
   * @param rows rows of the matrix that they point into
   * @throws IllegalArgumentException if there are more or fewer, or one points outside
   */
  public static void requireRows(int[] indices, int count, int rows) {
    if (indices.length != count) {
      throw new IllegalArgumentException(
          "There must be "
              + count
              + " row indices, one for each row, but there are "
              + indices.length
              + ".");
    }
    for (int index : indices) {
      if (index < 0 || index >= rows) {
        throw new IllegalArgumentException(
            "Row " + index + " is not within the matrix's " + rows + " rows.");
      }
    }
  }

  /**
   * Requires the matrices of {@link Tensors#affine} to fit.
   *
   * @param tensors the back end
   * @param x input, {@code n x in}
   * @param w weights, {@code in x units}
   * @param bias {@code 1 x units}
   * @param out {@code n x units}
   * @param <T> the matrix type
   * @throws IllegalArgumentException naming the first that does not
   */
  public static <T> void requireAffine(Tensors<T> tensors, T x, T w, T bias, T out) {
    requireColumns(tensors, "The input", x, tensors.rows(w));
    require(tensors, "The bias", bias, 1, tensors.columns(w));
    require(tensors, "The output", out, tensors.rows(x), tensors.columns(w));
  }

  /**
   * Requires the matrices of {@link Tensors#read} to fit.
   *
   * @param tensors the back end
   * @param queries {@code b x d}
   * @param keys {@code n x d}
   * @param values {@code n x v}
   * @param summary {@code b x 2}
   * @param out {@code b x v}
   * @param <T> the matrix type
   * @throws IllegalArgumentException naming the first that does not
   */
  public static <T> void requireRead(
      Tensors<T> tensors, T queries, T keys, T values, T summary, T out) {
    int b = tensors.rows(queries);
    requireColumns(tensors, "The queries", queries, tensors.columns(keys));
    require(tensors, "The values", values, tensors.rows(keys), tensors.columns(values));
    require(tensors, "The summary", summary, b, 2);
    require(tensors, "The output", out, b, tensors.columns(values));
  }

  /**
   * Requires the matrices of {@link Tensors#readBackward} to fit.
   *
   * @param tensors the back end
   * @param queries {@code b x d}
   * @param keys {@code n x d}
   * @param values {@code n x v}
   * @param summary {@code b x 2}
   * @param out {@code b x v}
   * @param outGradient {@code b x v}
   * @param keyGradient {@code n x d}
   * @param keyWeights {@code n x 1}
   * @param queryGradient {@code b x d}, or null
   * @param <T> the matrix type
   * @throws IllegalArgumentException naming the first that does not
   */
  public static <T> void requireReadBackward(
      Tensors<T> tensors,
      T queries,
      T keys,
      T values,
      T summary,
      T out,
      T outGradient,
      T keyGradient,
      T keyWeights,
      T queryGradient) {
    requireRead(tensors, queries, keys, values, summary, out);
    requireLike(tensors, "The output's gradient", outGradient, out);
    requireLike(tensors, "The keys' gradient", keyGradient, keys);
    require(tensors, "The keys' weights", keyWeights, tensors.rows(keys), 1);
    if (queryGradient != null) {
      requireLike(tensors, "The queries' gradient", queryGradient, queries);
    }
  }

  /**
   * Requires the arguments of {@link Tensors#nearest} to fit.
   *
   * @param tensors the back end
   * @param queries {@code b x d}
   * @param keys {@code n x d}
   * @param k how many for each query
   * @param indices length of the array of indices
   * @param similarities length of the array of similarities
   * @param <T> the matrix type
   * @throws IllegalArgumentException naming the first that does not
   */
  public static <T> void requireNearest(
      Tensors<T> tensors, T queries, T keys, int k, int indices, int similarities) {
    requireColumns(tensors, "The queries", queries, tensors.columns(keys));
    if (k < 1 || k > tensors.rows(keys)) {
      throw new IllegalArgumentException(
          "Of "
              + tensors.rows(keys)
              + " keys, 1 to "
              + tensors.rows(keys)
              + " can be the nearest, but "
              + k
              + " were asked for.");
    }
    requireRoom(indices, tensors.rows(queries), k);
    requireRoom(similarities, tensors.rows(queries), k);
  }

  /**
   * Requires the arguments of {@link Tensors#nearest} among candidates to fit.
   *
   * @param tensors the back end
   * @param queries {@code b x d}
   * @param keys {@code n x d}
   * @param rows candidates
   * @param ends where those of each query end
   * @param k how many for each query
   * @param indices length of the array of indices
   * @param similarities length of the array of similarities
   * @param <T> the matrix type
   * @throws IllegalArgumentException if they do not
   */
  public static <T> void requireNearest(
      Tensors<T> tensors,
      T queries,
      T keys,
      int[] rows,
      int[] ends,
      int k,
      int indices,
      int similarities) {
    requireColumns(tensors, "The queries", queries, tensors.columns(keys));
    if (k < 1) {
      throw new IllegalArgumentException(
          "One key or more can be the nearest, but " + k + " were asked for.");
    }
    int b = tensors.rows(queries);
    requireRoom(indices, b, k);
    requireRoom(similarities, b, k);
    requireRoom(ends.length, b, 1);
    int before = 0;
    for (int i = 0; i < b; i++) {
      if (ends[i] < before || ends[i] > rows.length) {
        throw new IllegalArgumentException(
            "The candidates of query "
                + i
                + " end at place "
                + ends[i]
                + ", but must end at place "
                + before
                + " to "
                + rows.length
                + ".");
      }
      before = ends[i];
    }
    int n = tensors.rows(keys);
    for (int i = 0; i < before; i++) {
      if (rows[i] < 0 || rows[i] >= n) {
        throw new IllegalArgumentException(
            "Row " + rows[i] + " is not within the matrix's " + n + " rows.");
      }
    }
  }

  /**
   * Requires the arguments of {@link Tensors#nearest} among rows of bytes to fit.
   *
   * @param tensors the back end
   * @param queries {@code b x d}
   * @param blocks rows of {@code d} bytes
   * @param sizes rows of each
   * @param chosen the blocks of each query
   * @param each how many of each query
   * @param k how many rows for each query
   * @param places length of the array of places
   * @param similarities length of the array of similarities
   * @param <T> the matrix type
   * @throws IllegalArgumentException if they do not
   */
  public static <T> void requireNearest(
      Tensors<T> tensors,
      T queries,
      byte[][] blocks,
      int[] sizes,
      int[] chosen,
      int each,
      int k,
      int places,
      int similarities) {
    if (k < 1 || each < 1) {
      throw new IllegalArgumentException(
          "One row or more of one block or more can be the nearest, but "
              + k
              + " of "
              + each
              + " were asked for.");
    }
    int b = tensors.rows(queries);
    requireRoom(places, b, k);
    requireRoom(similarities, b, k);
    requireRoom(chosen.length, b, each);
    for (int i = 0; i < b * each; i++) {
      int block = chosen[i];
      if (block < 0 || block >= blocks.length || block >= sizes.length) {
        throw new IllegalArgumentException(
            "Block " + block + " is none of the " + Math.min(blocks.length, sizes.length) + ".");
      }
      if (sizes[block] < 0) {
        throw new IllegalArgumentException("Block " + block + " has " + sizes[block] + " rows.");
      }
      requireRoom(blocks[block].length, sizes[block], tensors.columns(queries));
    }
  }

  /**
   * Requires the matrices of {@link Tensors#copyColumns} to fit.
   *
   * @param tensors the back end
   * @param source {@code n x m}
   * @param column first column to write
   * @param out {@code n x (at least column + m)}
   * @param <T> the matrix type
   * @throws IllegalArgumentException if they do not
   */
  public static <T> void requireColumnRange(Tensors<T> tensors, T source, int column, T out) {
    require(tensors, "The destination", out, tensors.rows(source), tensors.columns(out));
    if (column < 0 || column + tensors.columns(source) > tensors.columns(out)) {
      throw new IllegalArgumentException(
          "Columns "
              + column
              + " to "
              + (column + tensors.columns(source))
              + " (exclusive) are not within the destination's "
              + tensors.columns(out)
              + " columns.");
    }
  }

  /**
   * Requires the matrices of {@link Tensors#adam} to fit.
   *
   * @param tensors the back end
   * @param gradient any shape
   * @param m the same shape
   * @param v the same shape
   * @param parameter the same shape
   * @param <T> the matrix type
   * @throws IllegalArgumentException naming the first that does not
   */
  public static <T> void requireAdam(Tensors<T> tensors, T gradient, T m, T v, T parameter) {
    requireLike(tensors, "The gradient", gradient, parameter);
    requireLike(tensors, "The first moment", m, parameter);
    requireLike(tensors, "The second moment", v, parameter);
  }

  /**
   * Requires matrices and an index that {@link LayerArithmetic#gatherElements} can take.
   *
   * @param tensors the back end
   * @param indexedName what {@code indexed} is called in the message
   * @param indexed whose columns the index names, {@code n x m}
   * @param index {@code k} columns, or -1
   * @param listedName what {@code listed} is called in the message
   * @param listed {@code n k} elements
   * @param <T> the matrix type
   * @throws IllegalArgumentException if a column is outside, or there is another number of elements
   */
  public static <T> void requireElements(
      Tensors<T> tensors, String indexedName, T indexed, int[] index, String listedName, T listed) {
    requireIndex(index, -1, tensors.columns(indexed));
    long expected = (long) tensors.rows(indexed) * index.length;
    if ((long) tensors.rows(listed) * tensors.columns(listed) != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s is %d x %d, and the index has %d entries, so that %s must have %d elements, but it"
                  + " is %d x %d.",
              indexedName,
              tensors.rows(indexed),
              tensors.columns(indexed),
              index.length,
              listedName.toLowerCase(Locale.ROOT),
              expected,
              tensors.rows(listed),
              tensors.columns(listed)));
    }
  }

  /**
   * Requires matrices and an index that {@link LayerArithmetic#maxGroups} can take.
   *
   * @param tensors the back end
   * @param x {@code n x m}
   * @param index {@code k group} columns of {@code x}
   * @param group at least 1
   * @param out {@code n x k}
   * @param <T> the matrix type
   * @throws IllegalArgumentException if a column is outside, or a shape does not fit
   */
  public static <T> void requireGroups(Tensors<T> tensors, T x, int[] index, int group, T out) {
    requireIndex(index, 0, tensors.columns(x));
    if (group < 1 || index.length % group != 0) {
      throw new IllegalArgumentException(
          "An index of " + index.length + " entries is not made of groups of " + group + ".");
    }
    require(tensors, "The output", out, tensors.rows(x), index.length / group);
  }

  private static void requireIndex(int[] index, int least, int columns) {
    for (int column : index) {
      if (column < least || column >= columns) {
        throw new IllegalArgumentException(
            "An index names column " + column + ", but there are " + columns + " columns.");
      }
    }
  }

  /**
   * Requires a gain and a bias for each column, as {@link LayerArithmetic#normaliseRows} does.
   *
   * @param tensors the back end
   * @param x {@code n x m}
   * @param gain {@code 1 x m}
   * @param bias {@code 1 x m}
   * @param <T> the matrix type
   * @throws IllegalArgumentException if a shape does not fit
   */
  public static <T> void requireNormalisation(Tensors<T> tensors, T x, T gain, T bias) {
    require(tensors, "The gain", gain, 1, tensors.columns(x));
    require(tensors, "The bias", bias, 1, tensors.columns(x));
  }

  /**
   * Requires the numbers of a matrix to be finite.
   *
   * @param tensors the back end
   * @param name what the matrix is called in the message, in the plural
   * @param matrix the matrix
   * @param <T> the matrix type
   * @throws IllegalArgumentException if the sum of their squares is not
   */
  public static <T> void requireFinite(Tensors<T> tensors, String name, T matrix) {
    double square = tensors.dot(matrix, matrix);
    if (!Double.isFinite(square)) {
      throw new IllegalArgumentException(
          name
              + " must be finite numbers whose squares can be added up, but their squared length is "
              + square
              + ".");
    }
  }
}
