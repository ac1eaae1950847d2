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
import java.util.List;

/**
 * An activation as a layer of its own, as after a {@link Residual} or a {@link LayerNormalisation};
 * {@link Dense} and {@link Convolution2d} bring theirs, and are faster so.
 *
 * @param activation applied to each float
 */
public record Activate(Activation activation) implements Layer {

  @Override
  public RowShape outputs(RowShape inputs) {
    return inputs;
  }

  @Override
  public <T> BuiltLayer<T> build(LayerContext<T> context) {
    return new Built<>(context.tensors(), activation);
  }

  private record Built<T>(Tensors<T> tensors, Activation activation)
      implements BuiltLayer<T>, LayerPass<T> {

    @Override
    public List<Parameter<T>> parameters() {
      return List.of();
    }

    @Override
    public LayerPass<T> newPass(Scope<T> scope, int capacity) {
      return this;
    }

    @Override
    public void forward(T x, T y) {
      tensors.activate(activation, x, y);
    }

    @Override
    public void backward(T x, T y, T yGradient, T xGradient) {
      if (xGradient != null) {
        tensors.activateBackward(activation, y, yGradient);
        tensors.copy(yGradient, xGradient);
      }
    }
  }
}
