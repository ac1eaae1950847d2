package io.nnem.core;

/**
 * Arithmetic on a back end's own row-major matrix type. Everything in nnem is written once against
 * this interface.
 *
 * <p>Operations are <em>coarse</em> (a whole dense layer, a whole reading), so that a back end may
 * fuse them, and <em>destination-passing</em>: the caller owns {@code out}, and an operation in
 * steady state allocates nothing that outlives it. Unless said otherwise {@code out} must not
 * overlap an input. Matrices have at least one row and one column.
 *
 * <p>A shape that does not fit is an {@link IllegalArgumentException} with both shapes; {@link
 * Shapes} has the checks, so that every back end words them alike.
 *
 * <p>Any number of threads may use a back end at once. A matrix may be read by any number of them
 * while nobody writes to it; whoever writes to it must be the only one that uses it. What a thread
 * computes has the same bits whatever the others compute meanwhile.
 *
 * <p>Whoever creates a back end closes it. A matrix whose scope was closed, and a back end that was
 * closed, are refused with an {@link IllegalStateException}; only where a matrix type cannot know
 * of its scope, as with plain arrays, does it stay usable.
 *
 * @param <T> the back end's matrix type
 */
public interface Tensors<T> extends LayerArithmetic<T>, AutoCloseable {

  /**
   * What computes here, in words: the library, its version and kernel, threads.
   *
   * @return one line for a run's provenance
   */
  String description();

  /**
   * Bytes of one matrix element.
   *
   * @return 4 for floats, 8 for doubles
   */
  int elementBytes();

  /**
   * Opens an owner for matrices.
   *
   * @return a new scope, to be closed by the caller
   */
  Scope<T> newScope();

  /**
   * Number of rows.
   *
   * @param matrix a matrix
   * @return its rows
   */
  int rows(T matrix);

  /**
   * Number of columns.
   *
   * @param matrix a matrix
   * @return its columns
   */
  int columns(T matrix);

  /**
   * Consecutive rows as a matrix that shares them: writing to it writes to {@code matrix}. The
   * whole range is {@code matrix} itself.
   *
   * @param matrix a matrix
   * @param from first row
   * @param to row after the last
   * @return a {@code (to - from) x columns} view, owned by the scope of {@code matrix}
   * @throws IllegalArgumentException if the range is empty or outside the matrix
   */
  T rowRange(T matrix, int from, int to);

  /**
   * One element. For tests and reports: slow on most back ends.
   *
   * @param matrix a matrix
   * @param row its row
   * @param column its column
   * @return the element
   */
  double get(T matrix, int row, int column);

  /**
   * Sets one element. For tests and set-up: slow on most back ends.
   *
   * @param matrix a matrix
   * @param row its row
   * @param column its column
   * @param value the element
   */
  void set(T matrix, int row, int column, double value);

  /**
   * Fills {@code out}, row by row, from the start of an array.
   *
   * @param source at least {@code rows * columns} floats
   * @param out the matrix to fill
   * @throws IllegalArgumentException if the array is shorter than that
   */
  void copyIn(float[] source, T out);

  /**
   * Fills {@code out}, row by row, from the start of an array of doubles, each rounded to the
   * nearest that an element can be: exact on a back end of doubles.
   *
   * @param source at least {@code rows * columns} doubles
   * @param out the matrix to fill
   * @throws IllegalArgumentException if the array is shorter than that
   */
  void copyIn(double[] source, T out);

  /**
   * Copies a matrix, row by row, to the start of an array.
   *
   * @param matrix the matrix
   * @param out at least {@code rows * columns} floats
   * @throws IllegalArgumentException if the array is shorter than that
   */
  void copyOut(T matrix, float[] out);

  /**
   * Copies a matrix, row by row, to the start of an array of doubles: exact on every back end.
   *
   * @param matrix the matrix
   * @param out at least {@code rows * columns} doubles
   * @throws IllegalArgumentException if the array is shorter than that
   */
  void copyOut(T matrix, double[] out);

  /**
   * {@code out = value} everywhere.
   *
   * @param value the value
   * @param out the matrix to fill
   */
  void fill(double value, T out);

  /**
   * {@code out = source}.
   *
   * @param source {@code n x m}
   * @param out {@code n x m}
   */
  void copy(T source, T out);

  /**
   * {@code out[i] = source[rows[i]]}, row by row.
   *
   * @param source {@code n x m}
   * @param rows indices of rows of {@code source}, {@code k} of them
   * @param out {@code k x m}
   */
  void gatherRows(T source, int[] rows, T out);

  /**
   * {@code out[rows[i]] = source[i]}, row by row; other rows of {@code out} stay.
   *
   * @param source {@code k x m}
   * @param rows indices of rows of {@code out}, {@code k} of them, each at most once
   * @param out {@code n x m}
   */
  void scatterRows(T source, int[] rows, T out);

  /**
   * Copies {@code source} into the columns of {@code out} from {@code column} on; the others stay.
   *
   * @param source {@code n x m}
   * @param column first column to write
   * @param out {@code n x (at least column + m)}
   */
  void copyColumns(T source, int column, T out);

  /**
   * {@code out = factor * out}.
   *
   * @param factor the factor
   * @param out the matrix to scale
   */
  void scale(double factor, T out);

  /**
   * {@code out = out + factor * source}.
   *
   * @param factor the factor
   * @param source {@code n x m}
   * @param out {@code n x m}
   */
  void addScaled(double factor, T source, T out);

  /**
   * Sum of the products of corresponding elements.
   *
   * @param a {@code n x m}
   * @param b {@code n x m}, may be {@code a}
   * @return {@code sum_ij a_ij b_ij}
   */
  double dot(T a, T b);

  /**
   * The column of the largest element of each row, the first of equals.
   *
   * @param matrix {@code n x m}
   * @param out at least {@code n} places
   */
  void argMaxRows(T matrix, int[] out);

  /**
   * A dense layer: {@code out = activation(x w + bias)}.
   *
   * @param x input, {@code n x in}
   * @param w weights, {@code in x units}
   * @param bias {@code 1 x units}
   * @param activation applied to each sum
   * @param out {@code n x units}
   */
  void affine(T x, T w, T bias, Activation activation, T out);

  /**
   * The backward pass of {@link #affine}. With {@code d = outGradient * activation'(out)}:
   *
   * <pre>{@code
   * wGradient    += x' d
   * biasGradient += column sums of d
   * xGradient     = d w'
   * }</pre>
   *
   * @param x input of the forward pass, {@code n x in}
   * @param w weights, {@code in x units}
   * @param activation the layer's
   * @param out output of the forward pass, {@code n x units}
   * @param outGradient dLoss/dOut, {@code n x units}; holds {@code d} afterwards
   * @param wGradient {@code in x units}, added to
   * @param biasGradient {@code 1 x units}, added to
   * @param xGradient {@code n x in}, overwritten; null where nobody needs it
   */
  void affineBackward(
      T x,
      T w,
      Activation activation,
      T out,
      T outGradient,
      T wGradient,
      T biasGradient,
      T xGradient);

  /**
   * A reading of memory, without a weight being kept for each query and key:
   *
   * <pre>{@code
   * s_bn = q_b . k_n / (|q_b| |k_n|)
   * m_b  = max_n s_bn
   * u_bn = exp((s_bn - m_b) / temperature)      (softmax)
   *        max(1 + s_bn, 0)                     (sum)
   * t_b  = sum_n u_bn
   * w_bn = u_bn / t_b                           (0 where t_b is nothing but rounding)
   * out  = w values
   * }</pre>
   *
   * <p>Lengths below {@link Addressing#SMALLEST_LENGTH} count as that. Where elements are floats, a
   * length of more than 1.8e19, whose square is no float, makes every similarity NaN that it is
   * part of, here and in {@link #readBackward} and {@link #nearest}: it is never taken for another.
   *
   * @param addressing the normalisation and its temperature
   * @param queries {@code b x d}
   * @param keys {@code n x d}
   * @param values {@code n x v}
   * @param summary {@code b x 2}, receives {@code m} and {@code t}
   * @param out {@code b x v}
   */
  void read(Addressing addressing, T queries, T keys, T values, T summary, T out);

  /**
   * The backward pass of {@link #read}, which computes the weights again. With {@code g =
   * outGradient values'} (that is dLoss/dw) and {@code c_b = outGradient_b . out_b} (that is {@code
   * sum_n w_bn g_bn}):
   *
   * <pre>{@code
   * softmax:  ds_bn = w_bn (g_bn - c_b) / temperature
   * sum:      ds_bn =      (g_bn - c_b) / t_b
   * keyGradient_n   = sum_b ds_bn (q_b / |q_b| - s_bn k_n / |k_n|) / |k_n|
   * queryGradient_b = sum_n ds_bn (k_n / |k_n| - s_bn q_b / |q_b|) / |q_b|
   * keyWeights_n    = sum_b w_bn
   * }</pre>
   *
   * @param addressing as in the reading
   * @param queries as in the reading, {@code b x d}
   * @param keys as in the reading, {@code n x d}
   * @param values as in the reading, {@code n x v}
   * @param summary what the reading left, {@code b x 2}
   * @param out what the reading left, {@code b x v}
   * @param outGradient dLoss/dOut, {@code b x v}
   * @param keyGradient {@code n x d}, overwritten
   * @param keyWeights how much was read of each, {@code n x 1}, overwritten
   * @param queryGradient {@code b x d}, overwritten; null where nobody needs it
   */
  void readBackward(
      Addressing addressing,
      T queries,
      T keys,
      T values,
      T summary,
      T out,
      T outGradient,
      T keyGradient,
      T keyWeights,
      T queryGradient);

  /**
   * The keys most similar to each query, by the similarity of a {@link #read reading}:
   *
   * <pre>{@code
   * s_bn = q_b . k_n / (|q_b| |k_n|)
   * indices[b k + i]      = the row of the key that is i-th best for query b
   * similarities[b k + i] = its s_bn
   * }</pre>
   *
   * <p>The best come first. Of equal similarities, compared as the floats that are handed out, the
   * lower row comes first; a similarity that is NaN comes after all others. No similarity is kept
   * for each query and key.
   *
   * @param queries {@code b x d}
   * @param keys {@code n x d}
   * @param k how many for each query, 1 to {@code n}
   * @param indices receives rows of {@code keys}; at least {@code b * k} places
   * @param similarities receives their similarities; at least {@code b * k} places
   * @throws IllegalArgumentException if the shapes do not fit, {@code k} is not within its range,
   *     or an array is too short
   */
  void nearest(T queries, T keys, int k, int[] indices, float[] similarities);

  /**
   * The same among candidates, which are other ones for each query: query {@code b} is compared
   * with the keys {@code rows[ends[b - 1]]} to {@code rows[ends[b] - 1]}, and the first query with
   * those from {@code rows[0]} on. Where a query has fewer than {@code k} candidates, what is left
   * of its places has row -1 and similarity NaN.
   *
   * @param queries {@code b x d}
   * @param keys {@code n x d}
   * @param rows candidates: rows of {@code keys}, of each query each at most once
   * @param ends for each query the place after its last candidate; does not descend
   * @param k how many for each query, at least 1
   * @param indices receives rows of {@code keys}; at least {@code b * k} places
   * @param similarities receives their similarities; at least {@code b * k} places
   * @throws IllegalArgumentException if the shapes do not fit, {@code k} is below 1, a candidate is
   *     no row of {@code keys}, {@code ends} descends or leads out of {@code rows}, or an array is
   *     too short
   */
  void nearest(
      T queries, T keys, int[] rows, int[] ends, int k, int[] indices, float[] similarities);

  /**
   * The same among rows of signed bytes, which are numbers like others here: they lie in blocks,
   * one row after the other, and each query is compared with the rows of as many blocks as the
   * others. A row's place counts the rows of the query's blocks, in the order in which they are
   * named, from 0 on.
   *
   * @param queries {@code b x d}
   * @param blocks rows of {@code d} bytes
   * @param sizes how many rows of each block there are; what comes after them is left alone
   * @param chosen for each query {@code each} blocks
   * @param each blocks of each query, at least 1
   * @param k how many for each query, at least 1
   * @param places receives places of rows, -1 where a query has fewer; at least {@code b * k}
   * @param similarities receives their similarities; at least {@code b * k} places
   * @throws IllegalArgumentException if a number is not within its range, there is no such block, a
   *     block has fewer rows than that, or an array is too short
   */
  void nearest(
      T queries,
      byte[][] blocks,
      int[] sizes,
      int[] chosen,
      int each,
      int k,
      int[] places,
      float[] similarities);

  /**
   * A loss and its gradient: {@code sum over columns, mean over rows}.
   *
   * @param loss which
   * @param predicted {@code n x m}
   * @param target {@code n x m}
   * @param gradient {@code n x m}, receives dLoss/dPredicted
   * @return the loss
   */
  double loss(Loss loss, T predicted, T target, T gradient);

  /**
   * One Adam step (Kingma and Ba 2014), element by element, at step {@code t} (from 1):
   *
   * <pre>{@code
   * m = b1 m + (1 - b1) g;   v = b2 v + (1 - b2) g^2
   * p = p - rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)
   * }</pre>
   *
   * with {@code b1 = 0.9, b2 = 0.999, epsilon = 1e-8}.
   *
   * @param rate learning rate
   * @param step {@code t}, at least 1
   * @param gradient {@code g}
   * @param m first moment, updated
   * @param v second moment, updated
   * @param parameter {@code p}, updated
   */
  void adam(double rate, long step, T gradient, T m, T v, T parameter);

  /**
   * Gives back what the back end holds, such as threads; matrices stay with their scopes, which can
   * still be closed. What other threads are computing comes to its end; whatever is asked for
   * afterwards is refused. Closing twice is safe. A back end that holds nothing may go on.
   */
  @Override
  void close();
}
