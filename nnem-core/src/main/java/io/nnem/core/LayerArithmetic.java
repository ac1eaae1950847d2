package io.nnem.core;

/**
 * The arithmetic of layers that are not dense; part of {@link Tensors}. An {@code index} names
 * elements of a row: those that a window of an image covers, for one. The same index serves all
 * rows.
 *
 * @param <T> the back end's matrix type
 */
public interface LayerArithmetic<T> {

  /**
   * {@code out = activation(x)}, element by element.
   *
   * @param activation the function
   * @param x {@code n x m}
   * @param out {@code n x m}; may be {@code x}
   */
  void activate(Activation activation, T x, T out);

  /**
   * The backward pass of {@link #activate}: {@code gradient = gradient * activation'(out)}.
   *
   * @param activation the function
   * @param out what it gave, {@code n x m}
   * @param gradient dLoss/dOut, {@code n x m}; holds dLoss/dX afterwards
   */
  void activateBackward(Activation activation, T out, T gradient);

  /**
   * Elements of each row, in the order of the index: element {@code i k + j} of {@code out},
   * counted row by row, is {@code source[i, index[j]]}. So {@code out} may have any shape of {@code
   * n k} elements; with an index that counts from 0 on, this gives a matrix another shape.
   *
   * @param source {@code n x m}
   * @param index {@code k} columns of {@code source}; -1 for 0
   * @param out {@code n k} elements, overwritten
   */
  void gatherElements(T source, int[] index, T out);

  /**
   * The backward pass of {@link #gatherElements}: {@code out[i, index[j]] += element i k + j of
   * source}; an index of -1 adds nothing.
   *
   * @param source {@code n k} elements
   * @param index {@code k} columns of {@code out}, or -1
   * @param out {@code n x m}, added to
   */
  void addElements(T source, int[] index, T out);

  /**
   * The largest of each group of elements of a row: {@code out[i, j] = max_g x[i, index[j group +
   * g]]}; not a number if one of them is none.
   *
   * @param x {@code n x m}
   * @param index columns of {@code x}, {@code k group} of them
   * @param group elements of a group, at least 1
   * @param out {@code n x k}
   */
  void maxGroups(T x, int[] index, int group, T out);

  /**
   * The backward pass of {@link #maxGroups}: the gradient goes to the element that was the largest,
   * the first of equals.
   *
   * @param x as in the forward pass, {@code n x m}
   * @param index as in the forward pass
   * @param group as in the forward pass
   * @param outGradient dLoss/dOut, {@code n x k}
   * @param xGradient {@code n x m}, overwritten
   */
  void maxGroupsBackward(T x, int[] index, int group, T outGradient, T xGradient);

  /**
   * Layer normalisation (Ba et al. 2016, arXiv 1607.06450), row by row:
   *
   * <pre>{@code
   * mean = 1/m sum_j x_j;   deviation = sqrt(1/m sum_j (x_j - mean)^2 + 1e-5)
   * out_j = gain_j (x_j - mean) / deviation + bias_j
   * }</pre>
   *
   * @param x {@code n x m}
   * @param gain {@code 1 x m}
   * @param bias {@code 1 x m}
   * @param out {@code n x m}
   */
  void normaliseRows(T x, T gain, T bias, T out);

  /**
   * The backward pass of {@link #normaliseRows}, which computes mean and deviation again. With
   * {@code h = (x - mean) / deviation} and {@code d_j = outGradient_j gain_j}:
   *
   * <pre>{@code
   * gainGradient += sum over rows of outGradient h
   * biasGradient += sum over rows of outGradient
   * xGradient_j   = (d_j - 1/m sum_k d_k - h_j/m sum_k d_k h_k) / deviation
   * }</pre>
   *
   * @param x as in the forward pass, {@code n x m}
   * @param gain as in the forward pass, {@code 1 x m}
   * @param outGradient dLoss/dOut, {@code n x m}
   * @param gainGradient {@code 1 x m}, added to
   * @param biasGradient {@code 1 x m}, added to
   * @param xGradient {@code n x m}, overwritten; null where nobody needs it
   */
  void normaliseRowsBackward(
      T x, T gain, T outGradient, T gainGradient, T biasGradient, T xGradient);
}
