package io.nnem.core.network;

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
 * Layer normalisation (Ba et al. 2016, arXiv 1607.06450): each row is shifted and scaled to mean 0
 * and variance 1, over all its floats, and then multiplied by a gain (from 1) and moved by a bias
 * (from 0) that are learned for each float. The formula stands at {@link Tensors#normaliseRows}.
 */
public record LayerNormalisation() implements Layer {

  @Override
  public RowShape outputs(RowShape inputs) {
    return inputs;
  }

  @Override
  public <T> BuiltLayer<T> build(LayerContext<T> context) {
    int size = context.inputs().size();
    return new Built<>(
        context.tensors(), context.filled("gain", 1, size, 1), context.filled("bias", 1, size, 0));
  }

  private record Built<T>(Tensors<T> tensors, Parameter<T> gain, Parameter<T> bias)
      implements BuiltLayer<T>, LayerPass<T> {

    @Override
    public List<Parameter<T>> parameters() {
      return List.of(gain, bias);
    }

    @Override
    public LayerPass<T> newPass(Scope<T> scope, int capacity) {
      return this;
    }

    @Override
    public void forward(T x, T y) {
      tensors.normaliseRows(x, gain.value(), bias.value(), y);
    }

    @Override
    public void backward(T x, T y, T yGradient, T xGradient) {
      tensors.normaliseRowsBackward(
          x, gain.value(), yGradient, gain.gradient(), bias.gradient(), xGradient);
    }
  }
}
