package io.nnem.learners;

import io.nnem.core.Activation;
import io.nnem.core.ForwardPass;
import io.nnem.core.Optimiser;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.core.network.Dense;
import io.nnem.core.network.Network;
import java.util.List;

/**
 * A perceptron with a softmax, taught by the same batches: what the embedder could do without a
 * memory. Without hidden layers it is a logistic regression.
 */
final class PlainClassifier<T> implements AutoCloseable {

  private final Tensors<T> tensors;
  private final Network<T> network;
  private final Optimiser<T> optimiser;
  private final int classes;

  PlainClassifier(Tensors<T> tensors, int width, List<Integer> hidden, int classes, double rate) {
    this.tensors = tensors;
    this.classes = classes;
    this.network =
        new Network<>(
            tensors,
            RowShape.flat(width),
            Dense.stack(hidden, classes, Activation.LINEAR),
            Seeds.random(1, "plain"));
    this.optimiser = OptimiserSettings.adam(rate).create(tensors, network.parameters());
  }

  /** One step on so many rows, one after another, that are to have these labels. */
  void learn(float[] rows, int[] labels) {
    try (Scope<T> scope = tensors.newScope();
        ForwardPass<T> pass = network.newPass(labels.length)) {
      T input = scope.zeros(labels.length, network.inputs());
      tensors.copyIn(rows, input);
      float[] logits = new float[labels.length * classes];
      tensors.copyOut(network.forward(input, pass), logits);
      for (int row = 0; row < labels.length; row++) {
        softmax(logits, row * classes);
        logits[row * classes + labels[row]] -= 1;
      }
      T gradient = scope.zeros(labels.length, classes);
      tensors.copyIn(logits, gradient);
      tensors.scale(1.0 / labels.length, gradient);
      network.backward(pass, gradient, null);
      optimiser.step();
    }
  }

  private void softmax(float[] logits, int from) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + classes; i++) {
      highest = Math.max(highest, logits[i]);
    }
    double sum = 0;
    for (int i = from; i < from + classes; i++) {
      sum += Math.exp(logits[i] - highest);
    }
    for (int i = from; i < from + classes; i++) {
      logits[i] = (float) (Math.exp(logits[i] - highest) / sum);
    }
  }

  double score(float[] rows, int[] labels) {
    try (Scope<T> scope = tensors.newScope()) {
      T input = scope.zeros(labels.length, network.inputs());
      tensors.copyIn(rows, input);
      T logits = scope.zeros(labels.length, classes);
      network.apply(input, logits);
      int[] said = new int[labels.length];
      tensors.argMaxRows(logits, said);
      int right = 0;
      for (int row = 0; row < said.length; row++) {
        right += said[row] == labels[row] ? 1 : 0;
      }
      return (double) right / said.length;
    }
  }

  @Override
  public void close() {
    try (optimiser) {
      network.close();
    }
  }
}
