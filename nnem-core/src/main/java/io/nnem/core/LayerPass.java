package io.nnem.core;

import java.util.List;

/**
 * One layer's part of a {@link ForwardPass}: runs it forward and backward, and has the rows that it
 * must keep in between beside its input and its output, which the network keeps. Row {@code i} of
 * the output depends on row {@code i} of the input alone.
 *
 * @param <T> the matrix type
 */
public interface LayerPass<T> {

  /**
   * What it keeps of each row beside input and output. The network copies these rows along when it
   * retains a pass.
   *
   * @return the buffers, always the same; none unless overridden
   */
  default List<RowBuffer<T>> retained() {
    return List.of();
  }

  /**
   * Runs the layer.
   *
   * @param x input, {@code n x inputs}, with {@code n} at most the capacity
   * @param y output, {@code n x outputs}, overwritten
   */
  void forward(T x, T y);

  /**
   * Adds to the gradients of the layer's parameters.
   *
   * @param x input of the forward pass, {@code n x inputs}
   * @param y output of the forward pass, {@code n x outputs}
   * @param yGradient dLoss/dOutput, {@code n x outputs}; may be used as working space
   * @param xGradient {@code n x inputs}, overwritten with dLoss/dInput; null where nobody needs it
   */
  void backward(T x, T y, T yGradient, T xGradient);
}
