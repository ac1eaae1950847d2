package io.nnem.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Parameter;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.experiments.pretrained.Weights;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoftmaxClassifierTest {
  private static final double RATE = 0.1;
  private static final OptimiserSettings SGD = OptimiserSettings.sgd(RATE);

  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();
  private final Embedder<Matrix> embedder =
      NetworkEmbedder.perceptron(
          new EmbedderContext<>(tensors, RowShape.flat(4), 3, List.of(5), SGD, 1, Options.none()));
  private final SoftmaxClassifier<Matrix> classifier =
      new SoftmaxClassifier<>(tensors, embedder, 3, SGD, 1);
  private final Matrix observations = scope.zeros(6, 4);
  private final float[] labels = new float[6 * 3];

  SoftmaxClassifierTest() {
    SplittableRandom random = Seeds.random(3, "observations");
    for (int i = 0; i < 6; i++) {
      labels[3 * i + i % 3] = 1;
      for (int j = 0; j < 4; j++) {
        tensors.set(observations, i, j, random.nextDouble() + (j == i % 3 ? 1 : 0));
      }
    }
  }

  /** By the probabilities that it answers. */
  private double loss() {
    Matrix answers = scope.zeros(6, 3);
    classifier.answer(observations, answers);
    double loss = 0;
    for (int i = 0; i < 6; i++) {
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        sum += tensors.get(answers, i, c);
      }
      assertThat(sum).as("probabilities of row %d", i).isCloseTo(1, within(1e-6));
      loss -= Math.log(tensors.get(answers, i, i % 3)) / 6;
    }
    return loss;
  }

  /** Plain descent moves a parameter by the rate times its gradient. */
  @Test
  void theEmbeddersGradient_agreesWithFiniteDifferences() {
    Parameter<Matrix> weights = embedder.parameters().get(0);
    double h = 1e-3;
    double[] slopes = new double[20];
    double[] before = new double[20];
    for (int i = 0; i < 20; i++) {
      before[i] = tensors.get(weights.value(), i / 5, i % 5);
      tensors.set(weights.value(), i / 5, i % 5, before[i] + h);
      double above = loss();
      tensors.set(weights.value(), i / 5, i % 5, before[i] - h);
      slopes[i] = (above - loss()) / (2 * h);
      tensors.set(weights.value(), i / 5, i % 5, before[i]);
    }
    double expected = loss();
    assertThat(classifier.learn(observations, labels)).isCloseTo(expected, within(1e-6));
    for (int i = 0; i < 20; i++) {
      double gradient = (before[i] - tensors.get(weights.value(), i / 5, i % 5)) / RATE;
      assertThat(gradient).as("element %d", i).isCloseTo(slopes[i], within(3e-4));
    }
    assertThat(embedder.version()).isEqualTo(1);
  }

  @Test
  void learnsToClassify() {
    double first = loss();
    for (int i = 0; i < 300; i++) {
      classifier.learn(observations, labels);
    }
    assertThat(loss()).isLessThan(0.3 * first);
  }

  @Test
  void aStepThatThrowsChangesNothing() {
    List<float[]> before = Weights.of(tensors, embedder.parameters());
    double loss = loss();
    Matrix bad = scope.zeros(6, 4);
    tensors.fill(Double.NaN, bad);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> classifier.learn(bad, labels))
        .withMessage("The classifier's loss is NaN.");
    assertThat(Weights.of(tensors, embedder.parameters()))
        .usingRecursiveComparison()
        .isEqualTo(before);
    assertThat(loss()).isEqualTo(loss);
    assertThat(embedder.version()).isZero();
  }
}
