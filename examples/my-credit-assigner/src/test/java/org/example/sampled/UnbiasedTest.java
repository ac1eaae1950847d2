package org.example.sampled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Addressing;
import io.nnem.core.GrowingRows;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Parameter;
import io.nnem.core.Plugins;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.MemoryNetwork;
import io.nnem.credit.RecalledKeys;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.Reading;
import io.nnem.memory.Slots;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Draws are right on average, and only on average, also when the stored keys are stale. */
class UnbiasedTest {

  /** What is read: some of the 20 memories, not in their order. */
  private static final Slots READ = Slots.of(7, 2, 19, 11, 0, 5, 13, 8, 17, 4, 10, 1);

  private final ReferenceTensors tensors = new ReferenceTensors();
  private final SplittableRandom random = Seeds.random(5, "unbiased");
  private final Scope<Matrix> scope = tensors.newScope();
  private final Matrix queries = matrix(4, 5);
  private final Matrix outputGradient = matrix(4, 3);
  private MemoryNetwork<Matrix> network;
  private Reinstatement<Matrix> stored;

  @BeforeEach
  void aMemoryWhoseKeysAreStale() {
    network =
        MemoryNetwork.builder(tensors)
            .embedder("mlp", 6, 5)
            .hidden(7)
            .optimiser(OptimiserSettings.adam(0.05))
            .capacity(20)
            .valueSize(3)
            .assigner("none")
            .build();
    stored =
        Plugins.load(ReinstatementProvider.class)
            .get("stored")
            .create(
                new ReinstatementContext<>(
                    tensors,
                    network.memory(),
                    6,
                    Optional.empty(),
                    Optional.empty(),
                    Options.none()));
    network.memory().addListener(stored);
    network.remember(matrix(20, 6), matrix(20, 3));
    for (int i = 0; i < 5; i++) {
      gradient(assigner("approximate-reinstatement"), Addressing.softmax(0.3));
      network.embedder().update();
    }
  }

  @AfterEach
  void close() {
    stored.close();
    network.close();
    scope.close();
  }

  @Test
  void theMeanOverManyDrawsIsTheFullGradient_withSoftmax() {
    assertUnbiased(Addressing.softmax(0.3));
  }

  @Test
  void theMeanOverManyDrawsIsTheFullGradient_withSum() {
    assertUnbiased(Addressing.sum());
  }

  /** Each element of the mean error lies within five of its own standard errors. */
  private void assertUnbiased(Addressing addressing) {
    double[] full = gradient(assigner("approximate-reinstatement"), addressing);
    CreditAssigner<Matrix> sampled = sampled(3);
    int draws = 4000;
    double[] sum = new double[full.length];
    double[] squares = new double[full.length];
    for (int draw = 0; draw < draws; draw++) {
      double[] one = gradient(sampled, addressing);
      for (int i = 0; i < one.length; i++) {
        double error = one[i] - full[i];
        sum[i] += error;
        squares[i] += error * error;
      }
    }
    double[] means = Arrays.stream(sum).map(x -> x / draws).toArray();
    for (int i = 0; i < full.length; i++) {
      double variance = squares[i] / draws - means[i] * means[i];
      assertThat(means[i])
          .as("element %d", i)
          .isCloseTo(0, within(5 * Math.sqrt(variance / draws) + 1e-15));
    }
    assertThat(norm(means)).isLessThan(0.1 * norm(full));
    assertThat(gradient(sampled, addressing)).isNotEqualTo(full);
  }

  @Test
  void asManyDrawsAsMemoriesAreAllOfThem() {
    Addressing addressing = Addressing.softmax(0.3);
    assertThat(gradient(sampled(READ.count()), addressing))
        .isEqualTo(gradient(assigner("approximate-reinstatement"), addressing));
  }

  @Test
  void aStepThatIsTakenBackDrawsTheSame_andTheNextDrawsAnew() {
    CreditAssigner<Matrix> assigner = sampled(3);
    double[] first = gradient(assigner, Addressing.softmax(0.3));
    assigner.discard();
    assertThat(gradient(assigner, Addressing.softmax(0.3))).isEqualTo(first);
    assigner.update();
    assertThat(gradient(assigner, Addressing.softmax(0.3))).isNotEqualTo(first);
  }

  @Test
  void aNumberOfDrawsThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sampled(0))
        .withMessage("Option sampled-memories must be a whole number, 1 or more, but it is '0'.");
  }

  private CreditAssigner<Matrix> sampled(int draws) {
    return assigner("sampled-reinstatement", "sampled-memories", Integer.toString(draws));
  }

  private CreditAssigner<Matrix> assigner(String name, String... option) {
    Options options =
        option.length == 0 ? Options.none() : new Options(Map.of(option[0], option[1]));
    return Plugins.load(CreditAssignerProvider.class)
        .get(name)
        .create(
            new CreditContext<>(
                tensors, network.embedder(), network.memory(), Optional.of(stored), 1, options));
  }

  /** What one reading's credit adds to the embedder's gradient. */
  private double[] gradient(CreditAssigner<Matrix> assigner, Addressing addressing) {
    network.embedder().clearGradients();
    try (Reading<Matrix> reading = new Reading<>(tensors, addressing);
        GrowingRows<Matrix> values = new GrowingRows<>(tensors, 3)) {
      RecalledKeys<Matrix> recalled = assigner.recall(READ);
      reading.read(queries, recalled.keys(), network.memory().values(READ, values));
      Matrix keyGradient = reading.backward(outputGradient, false);
      assigner.assign(recalled, reading.keyWeights(), keyGradient);
    }
    return network.embedder().parameters().stream()
        .map(Parameter::gradient)
        .flatMapToDouble(gradient -> Arrays.stream(elements(gradient)))
        .toArray();
  }

  private double[] elements(Matrix matrix) {
    double[] elements = new double[tensors.rows(matrix) * tensors.columns(matrix)];
    tensors.copyOut(matrix, elements);
    return elements;
  }

  private static double norm(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
  }

  private Matrix matrix(int rows, int columns) {
    Matrix matrix = scope.zeros(rows, columns);
    tensors.copyIn(random.doubles((long) rows * columns, -1, 1).toArray(), matrix);
    return matrix;
  }
}
