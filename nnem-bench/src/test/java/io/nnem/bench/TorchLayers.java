package io.nnem.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.nnem.core.Activation;
import io.nnem.core.Layer;
import io.nnem.core.RowShape;
import io.nnem.core.network.Activate;
import io.nnem.core.network.Convolution2d;
import io.nnem.core.network.Dense;
import io.nnem.core.network.LayerNormalisation;
import io.nnem.core.network.MaxPool2d;
import io.nnem.core.network.MeanPool2d;
import io.nnem.core.network.Residual;
import java.util.Iterator;
import java.util.List;

/**
 * nnem's layers by PyTorch's own operations. Rows and parameters come and go in nnem's order of
 * floats: what puts them into PyTorch's is part of what autograd goes back through, so that all
 * gradients are in nnem's order, too.
 */
final class TorchLayers {

  private static final double EPSILON = 1e-5;

  private final Iterator<NDArray> parameters;

  /** The parameters are used up layer by layer, in the order of {@code Network.parameters()}. */
  TorchLayers(List<NDArray> parameters) {
    this.parameters = parameters.iterator();
  }

  /** From {@code n x inputs} to {@code n x outputs}. */
  NDArray run(List<? extends Layer> layers, NDArray rows, RowShape inputs) {
    NDArray result = rows;
    RowShape shape = inputs;
    for (Layer layer : layers) {
      result = run(layer, result, shape);
      shape = layer.outputs(shape);
    }
    return result;
  }

  private NDArray run(Layer layer, NDArray x, RowShape shape) {
    if (layer instanceof Dense dense) {
      NDArray weights = parameters.next().transpose();
      NDArray sums = x.getNDArrayInternal().linear(x, weights, next()).singletonOrThrow();
      return activate(dense.activation(), sums);
    } else if (layer instanceof Convolution2d convolution) {
      return activate(convolution.activation(), convolve(convolution, x, shape));
    } else if (layer instanceof MaxPool2d pool) {
      return rows(
          Pool.maxPool2d(image(x, shape), both(pool.size()), both(pool.stride()), both(0), false));
    } else if (layer instanceof MeanPool2d pool) {
      return rows(
          Pool.avgPool2d(
              image(x, shape), both(pool.size()), both(pool.stride()), both(0), false, true));
    } else if (layer instanceof LayerNormalisation) {
      // not by DJL's LayerNorm, which takes epsilon as a float
      return JniUtils.layerNorm(
          (PtNDArray) x, new Shape(shape.size()), (PtNDArray) next(), (PtNDArray) next(), EPSILON);
    } else if (layer instanceof Residual residual) {
      return x.add(run(residual.layers(), x, shape));
    } else if (layer instanceof Activate activate) {
      return activate(activate.activation(), x);
    }
    throw new IllegalArgumentException("How PyTorch does " + layer + " is not known here.");
  }

  private NDArray convolve(Convolution2d layer, NDArray x, RowShape shape) {
    NDArray weights =
        parameters
            .next()
            .reshape(layer.size(), layer.size(), shape.channels(), layer.channels())
            .transpose(3, 2, 0, 1);
    return rows(
        Conv2d.conv2d(
                image(x, shape),
                weights,
                next(),
                both(layer.stride()),
                both(layer.padding()),
                both(1))
            .singletonOrThrow());
  }

  /** A parameter that is a single row. */
  private NDArray next() {
    return parameters.next().flatten();
  }

  private static NDArray activate(Activation activation, NDArray x) {
    return switch (activation) {
      case LINEAR -> x;
      case RELU -> x.getNDArrayInternal().relu();
      case TANH -> x.getNDArrayInternal().tanh();
      case SIGMOID -> x.getNDArrayInternal().sigmoid();
    };
  }

  private static Shape both(int number) {
    return new Shape(number, number);
  }

  /** PyTorch has the channels before lines and places. */
  private static NDArray image(NDArray rows, RowShape shape) {
    return rows.reshape(-1, shape.height(), shape.width(), shape.channels()).transpose(0, 3, 1, 2);
  }

  private static NDArray rows(NDArray image) {
    return image.transpose(0, 2, 3, 1).reshape(image.getShape().get(0), -1);
  }
}
