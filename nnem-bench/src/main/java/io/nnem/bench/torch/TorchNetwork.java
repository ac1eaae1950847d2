package io.nnem.bench.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.nnem.bench.work.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * Two dense layers, ReLU between them, as {@code linear}, which adds the bias within the product;
 * and Adam as DJL's native update, one call for each parameter, with DJL's bias correction. It adds
 * epsilon to the root of the uncorrected moment; epsilon is scaled, so that the arithmetic is that
 * of Kingma and Ba.
 */
final class TorchNetwork {

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final Network initial;
  private final double rate;
  private final List<NDArray> parameters = new ArrayList<>();
  private final List<NDArray> fixed = new ArrayList<>();
  private final List<NDArray> means = new ArrayList<>();
  private final List<NDArray> squares = new ArrayList<>();
  private long steps;

  TorchNetwork(NDManager manager, Network initial, double rate) {
    this.initial = initial;
    this.rate = rate;
    for (int layer = 0; layer < initial.layers(); layer++) {
      int units = initial.sizes().get(layer + 1);
      add(manager, initial.transposedWeights(layer), new Shape(units, initial.sizes().get(layer)));
      add(manager, initial.parameters().get(2 * layer + 1), new Shape(units));
    }
  }

  private void add(NDManager manager, float[] floats, Shape shape) {
    NDArray parameter = manager.create(floats, shape);
    fixed.add(parameter.stopGradient());
    parameter.setRequiresGradient(true);
    parameters.add(parameter);
    means.add(manager.zeros(shape));
    squares.add(manager.zeros(shape));
  }

  /** Recorded for autograd. */
  NDArray forward(NDArray input) {
    return layer(hidden(input, parameters), 1, parameters);
  }

  /** Not recorded. */
  NDArray forwardFixed(NDArray input) {
    return layer(hidden(input, fixed), 1, fixed);
  }

  /** The hidden layer's output, not recorded. */
  NDArray hiddenFixed(NDArray input) {
    return hidden(input, fixed);
  }

  /** The last layer's output, not recorded. */
  NDArray outputFixed(NDArray hidden) {
    return layer(hidden, 1, fixed);
  }

  private static NDArray hidden(NDArray input, List<NDArray> from) {
    return layer(input, 0, from).getNDArrayInternal().relu();
  }

  private static NDArray layer(NDArray input, int layer, List<NDArray> from) {
    return input
        .getNDArrayInternal()
        .linear(input, from.get(2 * layer), from.get(2 * layer + 1))
        .singletonOrThrow();
  }

  /**
   * The backward pass by hand, through activations that were kept and the weights of today:
   * autograd refuses to go back through what was recorded before the weights changed.
   */
  void backThroughKept(NDArray input, NDArray hidden, NDArray gradient) {
    NDArray hiddenGradient =
        gradient.matMul(fixed.get(2)).mul(hidden.gt(0).toType(gradient.getDataType(), false));
    List<NDArray> gradients =
        List.of(
            hiddenGradient.transpose().matMul(input),
            hiddenGradient.sum(new int[] {0}),
            gradient.transpose().matMul(hidden),
            gradient.sum(new int[] {0}));
    steps++;
    for (int i = 0; i < parameters.size(); i++) {
      adam(i, gradients.get(i));
    }
  }

  /** A step of Adam without a gradient before any came: nothing moves, but it counts. */
  void skip() {
    steps++;
  }

  /** Adam with the gradients that autograd has left, which are zero afterwards. */
  void update() {
    steps++;
    for (int i = 0; i < parameters.size(); i++) {
      NDArray parameter = parameters.get(i);
      try (NDArray gradient = parameter.getGradient()) {
        adam(i, gradient);
      }
      JniUtils.zeroGrad((PtNDArray) parameter);
    }
  }

  private void adam(int i, NDArray gradient) {
    double correction = Math.sqrt(1 - Math.pow(BETA2, (double) steps));
    JniUtils.adamUpdate(
        (PtNDArray) parameters.get(i),
        (PtNDArray) gradient,
        (PtNDArray) means.get(i),
        (PtNDArray) squares.get(i),
        (float) rate,
        (float) (rate * correction / (1 - Math.pow(BETA1, (double) steps))),
        0f,
        1f,
        -1f,
        (float) BETA1,
        (float) BETA2,
        (float) (EPSILON * correction),
        false);
  }

  /** What learning has changed, in nnem's layout. */
  float[] updates() {
    List<float[]> now = new ArrayList<>();
    for (int layer = 0; layer < initial.layers(); layer++) {
      now.add(
          Network.transpose(
              fixed.get(2 * layer).toFloatArray(),
              initial.sizes().get(layer + 1),
              initial.sizes().get(layer)));
      now.add(fixed.get(2 * layer + 1).toFloatArray());
    }
    return initial.updates(now);
  }
}
