package io.nnem.bench.nd4j;

import io.nnem.bench.work.Network;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Two dense layers with ReLU between them, and ND4J's Adam. */
final class Nd4jNetwork {

  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final Network initial;
  private final Adam settings;
  private final List<INDArray> parameters = new ArrayList<>();
  private final List<GradientUpdater<?>> updaters = new ArrayList<>();
  private int steps;

  Nd4jNetwork(Network initial, double rate) {
    this.initial = initial;
    this.settings = new Adam(rate);
    for (int layer = 0; layer < initial.layers(); layer++) {
      int in = initial.sizes().get(layer);
      int units = initial.sizes().get(layer + 1);
      add(matrix(initial.parameters().get(2 * layer), units));
      add(matrix(initial.parameters().get(2 * layer + 1), units));
      if (parameters.get(2 * layer).rows() != in) {
        throw new IllegalStateException("layer " + layer + " has not " + in + " inputs");
      }
    }
  }

  private void add(INDArray parameter) {
    parameters.add(parameter);
    INDArray state = Nd4j.create(DataType.FLOAT, 1, 2 * parameter.length());
    updaters.add(settings.instantiate(state, true));
  }

  static INDArray matrix(float[] floats, int columns) {
    return Nd4j.createFromArray(floats).reshape(floats.length / columns, columns);
  }

  INDArray hidden(INDArray input) {
    return Transforms.relu(input.mmul(parameters.get(0)).addiRowVector(parameters.get(1)), false);
  }

  INDArray output(INDArray hidden) {
    return hidden.mmul(parameters.get(2)).addiRowVector(parameters.get(3));
  }

  /** Gradients of the parameters, in their order. */
  List<INDArray> backward(INDArray input, INDArray hidden, INDArray gradient) {
    INDArray hiddenGradient =
        gradient.mmul(parameters.get(2).transpose()).muli(hidden.gt(0).castTo(DataType.FLOAT));
    return List.of(
        input.transpose().mmul(hiddenGradient),
        hiddenGradient.sum(true, 0),
        hidden.transpose().mmul(gradient),
        gradient.sum(true, 0));
  }

  /** ND4J adds epsilon to the root of the uncorrected moment: scaled, it is Kingma and Ba's. */
  void update(List<INDArray> gradients) {
    settings.setEpsilon(EPSILON * Math.sqrt(1 - Math.pow(BETA2, steps + 1)));
    for (int i = 0; i < parameters.size(); i++) {
      INDArray gradient = gradients.get(i).dup('c');
      updaters.get(i).applyUpdater(gradient, steps, 0);
      parameters.get(i).subi(gradient);
    }
    steps++;
  }

  float[] updates() {
    List<float[]> now = new ArrayList<>();
    for (INDArray parameter : parameters) {
      now.add(parameter.dup('c').data().asFloat());
    }
    return initial.updates(now);
  }
}
