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
import java.util.stream.IntStream;

/**
 * A convolution in two dimensions with square windows, over images of {@code C} channels:
 *
 * <pre>{@code
 * out[y, x, f] = activation(bias_f + sum over i, j < size and c < C of
 *                           w[(i size + j) C + c, f] in[y stride - padding + i, x stride - padding + j, c])
 * }</pre>
 *
 * with zeros around the image, {@code (height + 2 padding - size) / stride + 1} lines, rounded
 * down, and as many places accordingly. Weights ({@code size^2 C x channels}) and bias are drawn
 * uniformly from {@code [-1/sqrt(size^2 C), 1/sqrt(size^2 C)]}. The order of floats is that of
 * {@link RowShape}.
 *
 * @param channels of the output, at least 1
 * @param size lines and places of a window, at least 1
 * @param stride lines and places from one window to the next, at least 1
 * @param padding lines and places of zeros on each side, at least 0
 * @param activation applied to each sum
 */
public record Convolution2d(int channels, int size, int stride, int padding, Activation activation)
    implements Layer {

  /** Floats of the patches that are multiplied at a time. */
  private static final int CHUNK = 1 << 20;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is too small
   */
  public Convolution2d {
    Sizes.requireAtLeast(1, "The channels of a convolution", channels);
    Sizes.requireAtLeast(1, "The window's size of a convolution", size);
    Sizes.requireAtLeast(1, "The stride of a convolution", stride);
    Sizes.requireAtLeast(0, "The padding of a convolution", padding);
  }

  private Windows windows(RowShape inputs) {
    return new Windows(inputs, size, stride, padding);
  }

  @Override
  public RowShape outputs(RowShape inputs) {
    Windows windows = windows(inputs);
    return new RowShape(windows.height(), windows.width(), channels);
  }

  @Override
  public <T> BuiltLayer<T> build(LayerContext<T> context) {
    int patch = size * size * context.inputs().channels();
    double bound = 1 / Math.sqrt(patch);
    Windows windows = windows(context.inputs());
    return new Built<>(
        context.tensors(),
        activation,
        context.drawn("weights", patch, channels, bound),
        context.drawn("bias", 1, channels, bound),
        windows.count(),
        windows.patches(),
        IntStream.range(0, channels).toArray());
  }

  /**
   * The windows of a few rows are copied out, one below the other, so that the convolution is a
   * dense layer of theirs.
   */
  private static final class Built<T> implements BuiltLayer<T> {
    final Tensors<T> tensors;
    final Activation activation;
    final Parameter<T> weights;
    final Parameter<T> bias;
    final int windows; // of a row
    final int[] patches; // the floats of a row that they cover
    final int[] straight; // an index that keeps each row as it is

    Built(
        Tensors<T> tensors,
        Activation activation,
        Parameter<T> weights,
        Parameter<T> bias,
        int windows,
        int[] patches,
        int[] straight) {
      this.tensors = tensors;
      this.activation = activation;
      this.weights = weights;
      this.bias = bias;
      this.windows = windows;
      this.patches = patches;
      this.straight = straight;
    }

    @Override
    public List<Parameter<T>> parameters() {
      return List.of(weights, bias);
    }

    @Override
    public LayerPass<T> newPass(Scope<T> scope, int capacity) {
      return new Pass<>(this, scope, Math.max(1, Math.min(capacity, CHUNK / patches.length)));
    }
  }

  /** Working space for a chunk of rows, allocated when it is first needed. */
  private static final class Pass<T> implements LayerPass<T> {
    private final Built<T> layer;
    private final Tensors<T> tensors;
    private final Scope<T> scope;
    private final int chunk;
    private final int[] whole;
    private T patchRoom;
    private T sumRoom;
    private T sumGradientRoom;
    private T patchGradientRoom;

    Pass(Built<T> layer, Scope<T> scope, int chunk) {
      this.layer = layer;
      this.tensors = layer.tensors;
      this.scope = scope;
      this.chunk = chunk;
      this.whole = IntStream.range(0, layer.windows * layer.straight.length).toArray();
    }

    private T room(int columns) {
      return scope.zeros(chunk * layer.windows, columns);
    }

    private T first(T room, int rows) {
      return tensors.rowRange(room, 0, rows * layer.windows);
    }

    private T patches(T x, int rows) {
      if (patchRoom == null) {
        patchRoom = room(tensors.rows(layer.weights.value()));
      }
      T patches = first(patchRoom, rows);
      tensors.gatherElements(x, layer.patches, patches);
      return patches;
    }

    @Override
    public void forward(T x, T y) {
      if (sumRoom == null) {
        sumRoom = room(layer.straight.length);
      }
      int rows = tensors.rows(x);
      for (int from = 0; from < rows; from += chunk) {
        int to = Math.min(from + chunk, rows);
        T sums = first(sumRoom, to - from);
        tensors.affine(
            patches(tensors.rowRange(x, from, to), to - from),
            layer.weights.value(),
            layer.bias.value(),
            layer.activation,
            sums);
        tensors.gatherElements(sums, layer.straight, tensors.rowRange(y, from, to));
      }
    }

    @Override
    public void backward(T x, T y, T yGradient, T xGradient) {
      if (sumRoom == null) {
        sumRoom = room(layer.straight.length);
      }
      if (sumGradientRoom == null) {
        sumGradientRoom = room(layer.straight.length);
      }
      if (xGradient != null && patchGradientRoom == null) {
        patchGradientRoom = room(tensors.rows(layer.weights.value()));
      }
      int rows = tensors.rows(x);
      for (int from = 0; from < rows; from += chunk) {
        int to = Math.min(from + chunk, rows);
        T sums = first(sumRoom, to - from);
        T sumGradient = first(sumGradientRoom, to - from);
        tensors.gatherElements(tensors.rowRange(y, from, to), whole, sums);
        tensors.gatherElements(tensors.rowRange(yGradient, from, to), whole, sumGradient);
        T patchGradient = xGradient == null ? null : first(patchGradientRoom, to - from);
        tensors.affineBackward(
            patches(tensors.rowRange(x, from, to), to - from),
            layer.weights.value(),
            layer.activation,
            sums,
            sumGradient,
            layer.weights.gradient(),
            layer.bias.gradient(),
            patchGradient);
        if (xGradient != null) {
          T part = tensors.rowRange(xGradient, from, to);
          tensors.fill(0, part);
          tensors.addElements(patchGradient, layer.patches, part);
        }
      }
    }
  }
}
