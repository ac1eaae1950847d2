package io.nnem.core.network;

import io.nnem.core.Activation;
import io.nnem.core.BuiltLayer;
import io.nnem.core.Layer;
import io.nnem.core.LayerContext;
import io.nnem.core.LayerPass;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * A dense layer, {@code activation(x w + bias)}, with weights {@code inputs x units}. Weights and
 * bias are drawn uniformly from {@code [-1/sqrt(inputs), 1/sqrt(inputs)]}.
 *
 * @param units floats of an output row, at least 1
 * @param activation applied to each sum
 */
public record Dense(int units, Activation activation) implements Layer {

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if there is no unit
   */
  public Dense {
    Sizes.requireAtLeast(1, "The units of a dense layer", units);
  }

  /**
   * Hidden layers with ReLU, and one more at the end: a multilayer perceptron.
   *
   * @param hidden units of each hidden layer; may be empty
   * @param outputs units of the last layer
   * @param last activation of the last layer
   * @return one layer more than there are hidden ones
   */
  public static List<Layer> stack(List<Integer> hidden, int outputs, Activation last) {
    List<Layer> layers = new ArrayList<>();
    hidden.forEach(units -> layers.add(new Dense(units, Activation.RELU)));
    layers.add(new Dense(outputs, last));
    return layers;
  }

  @Override
  public RowShape outputs(RowShape inputs) {
    return RowShape.flat(units);
  }

  @Override
  public <T> BuiltLayer<T> build(LayerContext<T> context) {
    int inputs = context.inputs().size();
    double bound = 1 / Math.sqrt(inputs);
    return new Built<>(
        context.tensors(),
        activation,
        context.drawn("weights", inputs, units, bound),
        context.drawn("bias", 1, units, bound));
  }

  /** It needs no room of its own: the pass is the layer itself. */
  record Built<T>(
      Tensors<T> tensors, Activation activation, Parameter<T> weights, Parameter<T> bias)
      implements BuiltLayer<T>, LayerPass<T> {

    @Override
    public List<Parameter<T>> parameters() {
      return List.of(weights, bias);
    }

    @Override
    public LayerPass<T> newPass(Scope<T> scope, int capacity) {
      return this;
    }

    @Override
    public void forward(T x, T y) {
      tensors.affine(x, weights.value(), bias.value(), activation, y);
    }

    @Override
    public void backward(T x, T y, T yGradient, T xGradient) {
      backward(activation, x, y, yGradient, xGradient);
    }

    /** The backward pass from the gradient of the sums, before the activation. */
    void backwardFromSums(T x, T y, T sumGradient, T xGradient) {
      backward(Activation.LINEAR, x, y, sumGradient, xGradient);
    }

    private void backward(Activation function, T x, T y, T gradient, T xGradient) {
      tensors.affineBackward(
          x,
          weights.value(),
          function,
          y,
          gradient,
          weights.gradient(),
          bias.gradient(),
          xGradient);
    }
  }
}
