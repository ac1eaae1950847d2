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
 * The largest float of each square window of an image, channel by channel. There is no padding;
 * what the last windows do not reach is left out. The gradient goes to the largest float, the first
 * of equals.
 *
 * @param size lines and places of a window, at least 1
 * @param stride lines and places from one window to the next, at least 1
 */
public record MaxPool2d(int size, int stride) implements Layer {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public MaxPool2d {
    Sizes.requireAtLeast(1, "The window's size of a pooling layer", size);
    Sizes.requireAtLeast(1, "The stride of a pooling layer", stride);
  }

  @Override
  public RowShape outputs(RowShape inputs) {
    Windows windows = new Windows(inputs, size, stride, 0);
    return new RowShape(windows.height(), windows.width(), inputs.channels());
  }

  @Override
  public <T> BuiltLayer<T> build(LayerContext<T> context) {
    Windows windows = new Windows(context.inputs(), size, stride, 0);
    return new Built<>(context.tensors(), windows.groups(), size * size);
  }

  private static final class Built<T> implements BuiltLayer<T>, LayerPass<T> {
    final Tensors<T> tensors;
    final int[] index;
    final int group;

    Built(Tensors<T> tensors, int[] index, int group) {
      this.tensors = tensors;
      this.index = index;
      this.group = group;
    }

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
      tensors.maxGroups(x, index, group, y);
    }

    @Override
    public void backward(T x, T y, T yGradient, T xGradient) {
      if (xGradient != null) {
        tensors.maxGroupsBackward(x, index, group, yGradient, xGradient);
      }
    }
  }
}
