package io.nnem.credit.assigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.CreditContext;
import io.nnem.credit.DivergenceException;
import io.nnem.credit.Memories;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SyntheticGradientTest {
  private static final int CAPACITY = 32;
  private static final int BATCH = 4;
  private static final double SIZE = 1e-4; // of the true gradients, which are small in practice

  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();
  private final SplittableRandom random = Seeds.random(5, "synthetic gradient");
  // One linear layer, so that its bias's gradient is the sum of what the embeddings received.
  private final Embedder<Matrix> embedder =
      NetworkEmbedder.perceptron(
          new EmbedderContext<>(
              tensors,
              RowShape.flat(3),
              2,
              List.of(),
              OptimiserSettings.sgd(1),
              1,
              Options.none()));
  private final Memory<Matrix> memory = Memories.fifo(tensors, CAPACITY, 2, 2);

  private SyntheticGradient<Matrix> assigner(Map<String, String> options) {
    return new SyntheticGradient<>(
        new CreditContext<>(tensors, embedder, memory, Optional.empty(), 1, new Options(options)));
  }

  private Matrix random(int rows, int columns) {
    Matrix matrix = scope.zeros(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        tensors.set(matrix, i, j, random.nextDouble(-1, 1));
      }
    }
    return matrix;
  }

  /** A known field: the first value pulls the key one way, the second the other. */
  private Matrix field(Matrix keys, Matrix values) {
    Matrix gradient = scope.zeros(tensors.rows(keys), 2);
    for (int i = 0; i < tensors.rows(keys); i++) {
      double sign = tensors.get(values, i, 0) > 0 ? 1 : -1;
      tensors.set(gradient, i, 0, SIZE * sign);
      tensors.set(gradient, i, 1, SIZE * tensors.get(keys, i, 0));
    }
    return gradient;
  }

  private Matrix labels(int rows) {
    Matrix values = scope.zeros(rows, 2);
    for (int i = 0; i < rows; i++) {
      tensors.set(values, i, random.nextInt(2), 1);
    }
    return values;
  }

  private void train(SyntheticGradient<Matrix> assigner, int steps) {
    for (int i = 0; i < steps; i++) {
      memory.write(random(CAPACITY, 2), labels(CAPACITY), 0);
      Slots all = memory.occupied();
      assigner.assign(
          assigner.recall(all),
          scope.zeros(CAPACITY, 1),
          field(Memories.keys(tensors, memory, all), Memories.values(tensors, memory, all)));
      assigner.update();
    }
  }

  /** As a learner does: what is given in advance goes back through the embedder. */
  private void embedded(
      SyntheticGradient<Matrix> assigner, ForwardPass<Matrix> pass, Matrix values) {
    Matrix gradient = scope.zeros(pass.rows(), 2);
    tensors.fill(1, gradient); // of something else, to be added to
    if (assigner.embedded(pass, values, gradient)) {
      tensors.addScaled(-1, ones(pass.rows()), gradient);
      embedder.backward(pass, gradient);
    } else {
      assertThat(tensors.dot(gradient, gradient)).as("what was not added to").isEqualTo(2 * BATCH);
    }
  }

  private Matrix ones(int rows) {
    Matrix ones = scope.zeros(rows, 2);
    tensors.fill(1, ones);
    return ones;
  }

  /** What the bias received, which is the sum over the batch of what the embeddings did. */
  private double[] received() {
    Matrix gradient = embedder.parameters().get(1).gradient();
    return new double[] {tensors.get(gradient, 0, 0), tensors.get(gradient, 0, 1)};
  }

  private double[] wanted(Matrix keys, Matrix values) {
    Matrix gradient = field(keys, values);
    double[] sum = new double[2];
    for (int i = 0; i < tensors.rows(gradient); i++) {
      sum[0] += tensors.get(gradient, i, 0) * CAPACITY / tensors.rows(gradient);
      sum[1] += tensors.get(gradient, i, 1) * CAPACITY / tensors.rows(gradient);
    }
    return sum;
  }

  @Test
  void learnsAKnownField_andGivesWhatAWholeLifeOfReadsWould() {
    try (SyntheticGradient<Matrix> assigner =
            assigner(Map.of("synthetic-hidden", "16", "synthetic-learning-rate", "0.01"));
        ForwardPass<Matrix> pass = embedder.newPass(BATCH)) {
      train(assigner, 800);
      embedder.forward(random(BATCH, 3), pass);
      Matrix values = labels(BATCH);
      tensors.fill(0, values);
      for (int i = 0; i < BATCH; i++) {
        tensors.set(values, i, 0, 1);
      }
      embedded(assigner, pass, values);
      double[] wanted = wanted(pass.output(), values);
      double unit = SIZE * CAPACITY;
      assertThat(received()[0]).isCloseTo(wanted[0], within(0.1 * unit));
      assertThat(received()[1]).isCloseTo(wanted[1], within(0.1 * unit));
      assertThat(wanted[0]).isCloseTo(unit, within(1e-12));
    }
  }

  @Test
  void givesNoCredit_beforeItHasLearned() {
    try (SyntheticGradient<Matrix> assigner = assigner(Map.of());
        ForwardPass<Matrix> pass = embedder.newPass(BATCH)) {
      embedder.forward(random(BATCH, 3), pass);
      embedded(assigner, pass, labels(BATCH));
      assertThat(received()).containsOnly(0);
    }
  }

  @Test
  void givesNoCredit_whereItIsNotApplied() {
    try (SyntheticGradient<Matrix> assigner = assigner(Map.of("synthetic-applied", "false"));
        ForwardPass<Matrix> pass = embedder.newPass(BATCH)) {
      train(assigner, 5);
      embedder.forward(random(BATCH, 3), pass);
      embedded(assigner, pass, labels(BATCH));
      assertThat(received()).containsOnly(0);
    }
    try (SyntheticGradient<Matrix> assigner = assigner(Map.of());
        ForwardPass<Matrix> pass = embedder.newPass(BATCH)) {
      train(assigner, 5);
      embedder.forward(random(BATCH, 3), pass);
      embedded(assigner, pass, labels(BATCH));
      assertThat(received()).doesNotContain(0);
    }
  }

  @Test
  void whatIsDiscarded_isForgotten() {
    try (SyntheticGradient<Matrix> assigner = assigner(Map.of());
        SyntheticGradient<Matrix> twin = assigner(Map.of());
        ForwardPass<Matrix> pass = embedder.newPass(BATCH)) {
      memory.write(random(CAPACITY, 2), labels(CAPACITY), 0);
      Slots all = memory.occupied();
      Matrix gradient =
          field(Memories.keys(tensors, memory, all), Memories.values(tensors, memory, all));
      Matrix weights = scope.zeros(CAPACITY, 1);
      assigner.assign(assigner.recall(all), weights, random(CAPACITY, 2));
      assigner.discard();
      assigner.update(); // nothing is left of it to apply
      twin.update();
      embedder.forward(random(BATCH, 3), pass);
      Matrix values = labels(BATCH);
      for (int i = 0; i < 3; i++) {
        for (SyntheticGradient<Matrix> each : List.of(assigner, twin)) {
          each.assign(each.recall(all), weights, gradient);
          each.update();
        }
      }
      embedded(assigner, pass, values);
      double[] first = received();
      embedder.clearGradients();
      embedded(twin, pass, values);
      assertThat(first).isEqualTo(received()).doesNotContain(0);
    }
  }

  @Test
  void aGradientThatIsNotFinite_isADivergence() {
    try (SyntheticGradient<Matrix> assigner = assigner(Map.of())) {
      memory.write(random(CAPACITY, 2), labels(CAPACITY), 0);
      Matrix gradient = random(CAPACITY, 2);
      tensors.set(gradient, 3, 1, Double.NaN);
      Slots all = memory.occupied();
      assertThatThrownBy(
              () -> assigner.assign(assigner.recall(all), scope.zeros(CAPACITY, 1), gradient))
          .isInstanceOf(DivergenceException.class)
          .hasMessage("The loss of the synthetic gradient's network is NaN.");
    }
  }

  @Test
  void optionsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assigner(Map.of("synthetic-applied", "no")))
        .withMessage("Option synthetic-applied must be true or false, but it is 'no'.");
  }

  @Test
  void theScale_isARunningRootMeanSquare_thatCountsOnceCommitted() {
    GradientScale scale = new GradientScale();
    assertThat(scale.current()).isZero();
    assertThat(scale.propose(4)).isEqualTo(2);
    scale.discard();
    assertThat(scale.current()).isZero();
    assertThat(scale.propose(9)).isEqualTo(3);
    assertThat(scale.current()).isZero();
    scale.commit();
    assertThat(scale.current()).isEqualTo(3);
    assertThat(scale.propose(109)).isCloseTo(Math.sqrt(10), within(1e-12));
    scale.discard();
    scale.commit();
    assertThat(scale.current()).isEqualTo(3);
  }
}
