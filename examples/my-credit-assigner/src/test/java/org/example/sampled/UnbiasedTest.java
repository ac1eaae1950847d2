package org.example.sampled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Addressing;
import io.nnem.core.EmbedderContext;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Parameter;
import io.nnem.core.Plugins;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Recollection;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.Reading;
import io.nnem.memory.Slots;
import io.nnem.memory.retention.FirstInFirstOut;
import io.nnem.memory.store.FixedCapacityStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Draws are right on average, and only on average, also when the stored keys are stale. */
class UnbiasedTest {

  private static final int MEMORIES = 20;

  /** What is read: some of the memories, not in their order. */
  private static final Slots READ = Slots.of(7, 2, 19, 11, 0, 5, 13, 8, 17, 4, 10, 1);

  private final ReferenceTensors tensors = new ReferenceTensors();
  private final SplittableRandom random = Seeds.random(5, "unbiased");
  private final Scope<Matrix> scope = tensors.newScope();
  private final Matrix queries = matrix(4, 5);
  private final Matrix outputGradient = matrix(4, 3);
  private NetworkEmbedder<Matrix> embedder;
  private FixedCapacityStore<Matrix> memory;
  private Reinstatement<Matrix> stored;

  @BeforeEach
  void aMemoryWhoseKeysAreStale() {
    embedder =
        NetworkEmbedder.perceptron(
            new EmbedderContext<>(
                tensors, RowShape.flat(6), 5, List.of(7), OptimiserSettings.adam(0.05), 1, Options.none()));
    memory = new FixedCapacityStore<>(tensors, MEMORIES, 5, 3, new FirstInFirstOut(MEMORIES));
    stored =
        Plugins.load(ReinstatementProvider.class)
            .get("stored")
            .create(
                new ReinstatementContext<>(tensors, MEMORIES, 6, Optional.empty(), Options.none()));
    Matrix observations = matrix(MEMORIES, 6);
    Matrix keys = scope.zeros(MEMORIES, 5);
    embedder.embed(observations, keys);
    stored.written(memory.write(keys, matrix(MEMORIES, 3), embedder.version()), observations);
    for (int i = 0; i < 5; i++) {
      gradient(approximate(), Addressing.softmax(0.3));
      embedder.update();
    }
  }

  @AfterEach
  void close() {
    stored.close();
    memory.close();
    embedder.close();
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

  private void assertUnbiased(Addressing addressing) {
    double[] full = gradient(approximate(), addressing);
    assertMeanIsZero(
        full,
        seed -> {
          try (CreditAssigner<Matrix> assigner = sampled(seed, 3)) {
            return minus(gradient(assigner, addressing), full);
          }
        });
    assertThat(gradient(sampled(1, 3), addressing)).isNotEqualTo(full);
  }

  /** As an audit reads: one assigner, and an embedder and a memory that stay as they are. */
  @Test
  void theErrorsOfManyReadingsAtOneVersionCancel() {
    Addressing addressing = Addressing.softmax(0.3);
    CreditAssigner<Matrix> assigner = sampled(1, 3);
    CreditAssigner<Matrix> full = approximate();
    assertMeanIsZero(
        gradient(full, addressing),
        reading -> {
          for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 5; j++) {
              tensors.set(queries, i, j, 2 * random.nextDouble() - 1);
            }
          }
          return minus(gradient(assigner, addressing), gradient(full, addressing));
        });
  }

  /** Each element of the mean error lies within five of its own standard errors. */
  private static void assertMeanIsZero(double[] full, IntFunction<double[]> error) {
    int draws = 4000;
    double[] sum = new double[full.length];
    double[] squares = new double[full.length];
    for (int draw = 1; draw <= draws; draw++) {
      double[] one = error.apply(draw);
      for (int i = 0; i < one.length; i++) {
        sum[i] += one[i];
        squares[i] += one[i] * one[i];
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
  }

  @Test
  void asManyDrawsAsMemoriesAreAllOfThem() {
    Addressing addressing = Addressing.softmax(0.3);
    assertThat(gradient(sampled(1, READ.count()), addressing))
        .isEqualTo(gradient(approximate(), addressing));
  }

  @Test
  void aStepThatIsTakenBackDrawsTheSame_andTheNextDrawsAnew() {
    CreditAssigner<Matrix> assigner = sampled(1, 3);
    double[] first = gradient(assigner, Addressing.softmax(0.3));
    assigner.discard();
    assertThat(gradient(assigner, Addressing.softmax(0.3))).isEqualTo(first);
    embedder.clearGradients();
    embedder.update(); // with no gradient: the version alone changes, and Adam's momentum's work
    assigner.update();
    assertThat(gradient(assigner, Addressing.softmax(0.3))).isNotEqualTo(first);
  }

  @Test
  void aNumberOfDrawsThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sampled(1, 0))
        .withMessage("Option sampled-memories must be 1 or more, but is 0.");
  }

  private CreditAssigner<Matrix> sampled(long seed, int k) {
    return Plugins.load(CreditAssignerProvider.class)
        .get("sampled-reinstatement")
        .create(context(seed, new Options(Map.of("sampled-memories", Integer.toString(k)))));
  }

  private CreditAssigner<Matrix> approximate() {
    return Plugins.load(CreditAssignerProvider.class)
        .get("approximate-reinstatement")
        .create(context(1, Options.none()));
  }

  private CreditContext<Matrix> context(long seed, Options options) {
    return new CreditContext<>(tensors, embedder, memory, Optional.of(stored), seed, options);
  }

  /** What one reading's credit adds to the embedder's gradient. */
  private double[] gradient(CreditAssigner<Matrix> assigner, Addressing addressing) {
    embedder.clearGradients();
    try (Reading<Matrix> reading = new Reading<>(tensors, addressing)) {
      Recollection<Matrix> recalled = assigner.recall(READ);
      reading.read(queries, recalled.keys(), memory.values(recalled.slots()));
      Matrix keyGradient = reading.backward(outputGradient, false);
      assigner.assign(recalled, reading.keyWeights(), keyGradient);
    }
    return embedder.parameters().stream()
        .map(Parameter::gradient)
        .flatMapToDouble(
            g ->
                IntStream.range(0, tensors.rows(g) * tensors.columns(g))
                    .mapToDouble(
                        i -> tensors.get(g, i / tensors.columns(g), i % tensors.columns(g))))
        .toArray();
  }

  private static double[] minus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }

  private static double norm(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(x -> x * x).sum());
  }

  private Matrix matrix(int rows, int columns) {
    Matrix matrix = scope.zeros(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        tensors.set(matrix, i, j, 2 * random.nextDouble() - 1);
      }
    }
    return matrix;
  }
}
