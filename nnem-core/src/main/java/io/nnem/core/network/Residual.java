package io.nnem.core.network;

import io.nnem.core.BuiltLayer;
import io.nnem.core.Layer;
import io.nnem.core.LayerContext;
import io.nnem.core.LayerPass;
import io.nnem.core.Parameter;
import io.nnem.core.RowBuffer;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Tensors;
import java.util.List;

/**
 * Layers beside which the input is passed on (He et al. 2015, arXiv 1512.03385): {@code x + f(x)},
 * with {@code f} the layers one after the other, whose outputs must have the shape of the input.
 *
 * @param layers one or more
 */
public record Residual(List<Layer> layers) implements Layer {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public Residual {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("A residual layer needs one inner layer or more.");
    }
  }

  @Override
  public RowShape outputs(RowShape inputs) {
    RowShape shape = inputs;
    for (Layer layer : layers) {
      shape = layer.outputs(shape);
    }
    if (shape.size() != inputs.size()) {
      throw new IllegalArgumentException(
          "The layers of a residual layer must give rows as long as they take, but they take "
              + inputs
              + " and give "
              + shape
              + ".");
    }
    return inputs;
  }

  @Override
  public <T> BuiltLayer<T> build(LayerContext<T> context) {
    outputs(context.inputs());
    return new Built<>(new Chain<>(context, context.name() + ".", layers));
  }

  private record Built<T>(Chain<T> chain) implements BuiltLayer<T> {

    @Override
    public List<Parameter<T>> parameters() {
      return chain.parameters();
    }

    @Override
    public LayerPass<T> newPass(Scope<T> scope, int capacity) {
      return new Pass<>(chain, scope, capacity);
    }
  }

  private static final class Pass<T> implements LayerPass<T> {
    private final Tensors<T> tensors;
    private final ChainPass<T> inner;

    Pass(Chain<T> chain, Scope<T> scope, int capacity) {
      this.tensors = chain.tensors();
      this.inner = chain.newPass(scope, capacity);
    }

    @Override
    public List<RowBuffer<T>> retained() {
      return inner.retained();
    }

    @Override
    public void forward(T x, T y) {
      int rows = tensors.rows(x);
      inner.forward(x, inner.output(rows));
      tensors.copy(inner.output(rows), y);
      tensors.addScaled(1, x, y);
    }

    @Override
    public void backward(T x, T y, T yGradient, T xGradient) {
      T innerGradient = inner.outputGradient(tensors.rows(x));
      tensors.copy(yGradient, innerGradient);
      inner.backward(x, innerGradient, xGradient);
      if (xGradient != null) {
        tensors.addScaled(1, yGradient, xGradient);
      }
    }
  }
}
