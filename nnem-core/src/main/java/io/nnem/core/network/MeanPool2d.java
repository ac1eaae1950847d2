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
import java.util.Arrays;
import java.util.List;

/**
 * The mean of each square window of an image, channel by channel. There is no padding; what the
 * last windows do not reach is left out.
 *
 * @param size lines and places of a window, at least 1
 * @param stride lines and places from one window to the next, at least 1
 */
public record MeanPool2d(int size, int stride) implements Layer {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below 1
   */
  public MeanPool2d {
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
    int[] covered = new Windows(context.inputs(), size, stride, 0).groups();
    int group = size * size;
    int[] window = new int[covered.length];
    Arrays.setAll(window, i -> i / group);
    return new Built<>(context.tensors(), covered, window, group);
  }

  /**
   * A copy of what the windows cover is added up; on the way down, each window's share is added to
   * what it covers.
   */
  private static final class Built<T> implements BuiltLayer<T> {
    final Tensors<T> tensors;
    final int[] covered; // the floats of a row that the windows cover, one after the other
    final int[] window; // the float of the output that each of them belongs to
    final int group; // floats of a window

    Built(Tensors<T> tensors, int[] covered, int[] window, int group) {
      this.tensors = tensors;
      this.covered = covered;
      this.window = window;
      this.group = group;
    }

    @Override
    public List<Parameter<T>> parameters() {
      return List.of();
    }

    @Override
    public LayerPass<T> newPass(Scope<T> scope, int capacity) {
      return new Pass<>(this, scope, capacity);
    }
  }

  private static final class Pass<T> implements LayerPass<T> {
    private final Built<T> layer;
    private final Tensors<T> tensors;
    private final Scope<T> scope;
    private final int capacity;
    private RowBuffer<T> copies;

    Pass(Built<T> layer, Scope<T> scope, int capacity) {
      this.layer = layer;
      this.tensors = layer.tensors;
      this.scope = scope;
      this.capacity = capacity;
    }

    private T copies(int rows) {
      if (copies == null) {
        copies = new RowBuffer<>(tensors, scope, capacity, layer.covered.length);
      }
      return copies.first(rows);
    }

    @Override
    public void forward(T x, T y) {
      T copy = copies(tensors.rows(x));
      tensors.gatherElements(x, layer.covered, copy);
      tensors.fill(0, y);
      tensors.addElements(copy, layer.window, y);
      tensors.scale(1.0 / layer.group, y);
    }

    @Override
    public void backward(T x, T y, T yGradient, T xGradient) {
      if (xGradient == null) {
        return;
      }
      T copy = copies(tensors.rows(x));
      tensors.gatherElements(yGradient, layer.window, copy);
      tensors.fill(0, xGradient);
      tensors.addElements(copy, layer.covered, xGradient);
      tensors.scale(1.0 / layer.group, xGradient);
    }
  }
}
