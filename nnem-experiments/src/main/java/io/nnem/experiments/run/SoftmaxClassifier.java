package io.nnem.experiments.run;

import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.ForwardPass;
import io.nnem.core.Optimiser;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.Tensors;
import io.nnem.core.network.Dense;
import io.nnem.core.network.Network;
import java.util.List;

/**
 * An embedder with a linear layer to classes on top, trained by cross-entropy:
 *
 * <pre>{@code
 * z    = f(x; theta) W + b
 * p_c  = exp(z_c) / sum_d exp(z_d)
 * loss = -1/n sum_i log p_(i, y_i),   dLoss/dz = (p - y) / n
 * }</pre>
 *
 * It owns the layer and not the embedder.
 */
final class SoftmaxClassifier<T> implements AutoCloseable {
  /** Rows that are classified at a time. */
  private static final int ROWS = 1000;

  private final Tensors<T> tensors;
  private final Embedder<T> embedder;
  private final Network<T> head;
  private final Optimiser<T> optimiser;
  private final int classes;
  private Scope<T> scope;
  private ForwardPass<T> pass;
  private ForwardPass<T> headPass;
  private T logitGradient;
  private T embeddingGradient;

  SoftmaxClassifier(
      Tensors<T> tensors,
      Embedder<T> embedder,
      int classes,
      OptimiserSettings settings,
      long seed) {
    this.tensors = tensors;
    this.embedder = embedder;
    this.classes = classes;
    this.head =
        new Network<>(
            tensors,
            RowShape.flat(embedder.embeddingSize()),
            List.of(new Dense(classes, Activation.LINEAR)),
            Seeds.random(seed, "softmax"));
    this.optimiser = settings.create(tensors, head.parameters());
  }

  /**
   * One step on a batch with one-hot labels, {@code n x classes}; returns the loss before it. One
   * that throws, an ArithmeticException where a number is not finite, changes nothing.
   */
  double learn(T observations, float[] labels) {
    int rows = tensors.rows(observations);
    fit(rows);
    double loss;
    try {
      T logits = head.forward(embedder.forward(observations, pass), headPass);
      float[] elements = new float[rows * classes];
      tensors.copyOut(logits, elements);
      loss = softmax(elements, rows, labels);
      requireFinite("loss", loss);
      for (int i = 0; i < elements.length; i++) {
        elements[i] = (elements[i] - labels[i]) / rows;
      }
      tensors.copyIn(elements, logitGradient);
      head.backward(headPass, logitGradient, embeddingGradient);
      embedder.backward(pass, embeddingGradient);
      requireFinite("gradient", Parameter.squaredGradient(tensors, head.parameters()));
      requireFinite(
          "embedder's gradient", Parameter.squaredGradient(tensors, embedder.parameters()));
    } catch (RuntimeException | Error e) {
      head.clearGradients();
      embedder.clearGradients();
      throw e;
    }
    optimiser.step();
    embedder.update();
    return loss;
  }

  /** Makes logits probabilities, in place; returns the mean loss of the labels. */
  private double softmax(float[] elements, int rows, float[] labels) {
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      int from = row * classes;
      double highest = Double.NEGATIVE_INFINITY;
      for (int c = from; c < from + classes; c++) {
        highest = Math.max(highest, elements[c]);
      }
      double sum = 0;
      for (int c = from; c < from + classes; c++) {
        sum += Math.exp(elements[c] - highest);
      }
      for (int c = from; c < from + classes; c++) {
        double log = elements[c] - highest - Math.log(sum);
        elements[c] = (float) Math.exp(log);
        loss -= labels == null || labels[c] == 0 ? 0 : labels[c] * log;
      }
    }
    return loss / rows;
  }

  private static void requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new ArithmeticException("The classifier's " + what + " is " + value + ".");
    }
  }

  /** Writes the probabilities of the classes, {@code n x classes}; changes nothing. */
  void answer(T observations, T out) {
    int all = tensors.rows(observations);
    try (Scope<T> room = tensors.newScope()) {
      T embeddings = room.zeros(Math.min(ROWS, all), embedder.embeddingSize());
      for (int from = 0; from < all; from += ROWS) {
        int to = Math.min(from + ROWS, all);
        T part = tensors.rowRange(embeddings, 0, to - from);
        T answers = tensors.rowRange(out, from, to);
        embedder.embed(tensors.rowRange(observations, from, to), part);
        head.apply(part, answers);
        float[] elements = new float[(to - from) * classes];
        tensors.copyOut(answers, elements);
        softmax(elements, to - from, null);
        tensors.copyIn(elements, answers);
      }
    }
  }

  private void fit(int rows) {
    if (scope != null && pass.capacity() == rows) {
      return;
    }
    closeBuffers();
    scope = tensors.newScope();
    pass = embedder.newPass(rows);
    headPass = head.newPass(rows);
    logitGradient = scope.zeros(rows, classes);
    embeddingGradient = scope.zeros(rows, embedder.embeddingSize());
  }

  private void closeBuffers() {
    if (scope != null) {
      scope.close();
      scope = null; // a failed allocation must not leave what is closed in use
      pass.close();
      headPass.close();
    }
  }

  @Override
  public void close() {
    closeBuffers();
    head.close();
    optimiser.close();
  }
}
