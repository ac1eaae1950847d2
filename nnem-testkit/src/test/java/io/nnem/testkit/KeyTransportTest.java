package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.GrowingRows;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.RowShape;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.MemoryNetworkBuilder;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.Slots;
import io.nnem.testkit.LearnerRig.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTransportTest {
  private static final int CAPACITY = 14;
  private static final int BATCH = 4;
  private static final int WARMUP = 4;

  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Matrices<Matrix> matrices = new Matrices<>(tensors, "transport");
  private LearnerRig<Matrix> rig;

  @AfterEach
  void close() {
    closeRig();
    matrices.close();
  }

  private void closeRig() {
    if (rig != null) {
      rig.close();
      rig = null;
    }
  }

  private static UnaryOperator<MemoryNetworkBuilder<Matrix>> transport(int period) {
    return builder ->
        builder.refresher("transport").option("transport-every", Integer.toString(period));
  }

  private void rig(String source, UnaryOperator<MemoryNetworkBuilder<Matrix>> with) {
    closeRig();
    rig =
        new LearnerRig<>(
            tensors,
            Plugins.load(CreditAssignerProvider.class).get("approximate-reinstatement"),
            Optional.of(Plugins.load(ReinstatementProvider.class).get(source)),
            Options.none(),
            new Setting(CAPACITY, BATCH, WARMUP, true),
            with);
  }

  private double[] keys() {
    return matrices.elements(rig.keys(rig.memory.occupied()));
  }

  /** What an embedder makes of the memories' reinstated observations. */
  private double[] embedded(Embedder<Matrix> embedder) {
    Slots all = rig.memory.occupied();
    Matrix out = matrices.zeros(all.count(), LearnerRig.EMBEDDING);
    try (GrowingRows<Matrix> room = new GrowingRows<>(tensors, LearnerRig.OBSERVATION)) {
      embedder.embed(rig.reinstatement.observations(all, rig.keys(all), room), out);
    }
    return matrices.elements(out);
  }

  private static double[] row(double[] matrix, int row) {
    int columns = LearnerRig.EMBEDDING;
    return Arrays.copyOfRange(matrix, row * columns, (row + 1) * columns);
  }

  /** The slots that the next step does not write. */
  private int[] untouched() {
    int[] named = rig.nextSlots().toArray();
    return IntStream.range(0, CAPACITY)
        .filter(slot -> Arrays.stream(named).noneMatch(n -> n == slot))
        .toArray();
  }

  @Test
  void withStoredObservations_keysAreThoseOfTheEmbedder_beforeTheStepsUpdate() {
    rig("stored", transport(1));
    rig.steps(WARMUP + 3);
    for (int i = 0; i < 10; i++) {
      double[] now = embedded(rig.embedder);
      int[] untouched = untouched();
      rig.steps(1);
      for (int slot : untouched) {
        assertThat(row(keys(), slot))
            .as("key in slot %d", slot)
            .containsExactly(row(now, slot), within(1e-12));
      }
    }
  }

  @Test
  void inBetween_keysStay_andWhatWasWrittenThen_isMovedByItsShare() {
    rig("stored", transport(3));
    // Versions 0, 1, ... are those before the credited steps; keys are moved in those of 3, 6, ...
    rig.steps(WARMUP + 3);
    try (NetworkEmbedder<Matrix> earlier = likeTheRigs()) {
      copyParameters(earlier);
      rig.steps(3); // keys are moved in the first of them, to where the embedder is now
      for (int version = 6; version < 12; version++) {
        double[] before = keys();
        double[] now = embedded(rig.embedder);
        double[] then = embedded(earlier);
        long[] writtenAt = IntStream.range(0, CAPACITY).mapToLong(rig.memory::writtenAt).toArray();
        int[] untouched = untouched();
        if (version % 3 == 0) {
          copyParameters(earlier);
        }
        rig.steps(1);
        double[] after = keys();
        for (int slot : untouched) {
          double seen = Math.min(1, (version - writtenAt[slot]) / 3.0);
          double share = version % 3 == 0 ? seen : 0;
          for (int j = slot * LearnerRig.EMBEDDING; j < (slot + 1) * LearnerRig.EMBEDDING; j++) {
            assertThat(after[j] - before[j])
                .as("movement of slot %d in the step of version %d", slot, version)
                .isCloseTo(share * (now[j] - then[j]), within(1e-12));
          }
        }
      }
    }
  }

  private NetworkEmbedder<Matrix> likeTheRigs() {
    return NetworkEmbedder.perceptron(
        new EmbedderContext<>(
            tensors,
            RowShape.flat(LearnerRig.OBSERVATION),
            LearnerRig.EMBEDDING,
            List.of(5),
            OptimiserSettings.adam(0.01),
            99,
            Options.none()));
  }

  private void copyParameters(NetworkEmbedder<Matrix> to) {
    for (int i = 0; i < to.parameters().size(); i++) {
      tensors.copy(rig.embedder.parameters().get(i).value(), to.parameters().get(i).value());
    }
  }

  /** The decoder is a poor one; what it cannot tell is not lost from the keys. */
  @Test
  void decodedObservations_keepKeysNearerToTheTruth_thanLeavingOrReembeddingThem() {
    double left = distance(builder -> builder);
    double reembedded =
        distance(
            builder ->
                builder
                    .refresher("round-robin")
                    .option("freshening-budget", Integer.toString(CAPACITY)));
    double moved = distance(transport(1));
    assertThat(moved).as("distance of moved keys").isLessThan(0.7 * left);
    assertThat(moved).as("against keys embedded again").isLessThan(0.7 * reembedded);
  }

  /** The mean distance of keys from what today's embedder makes of what was really observed. */
  private double distance(UnaryOperator<MemoryNetworkBuilder<Matrix>> with) {
    double[][] observed = new double[CAPACITY][];
    rig("decoded", with);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < 60; i++) {
      rig.next();
      int[] slots = rig.nextSlots().toArray();
      double[] batch = matrices.elements(rig.observations);
      for (int row = 0; row < BATCH; row++) {
        int from = row * LearnerRig.OBSERVATION;
        observed[slots[row]] = Arrays.copyOfRange(batch, from, from + LearnerRig.OBSERVATION);
      }
      rig.network.step(rig.observations, rig.values);
      if (i >= 20) {
        Matrix truth = matrices.zeros(CAPACITY, LearnerRig.OBSERVATION);
        for (int slot = 0; slot < CAPACITY; slot++) {
          for (int j = 0; j < LearnerRig.OBSERVATION; j++) {
            tensors.set(truth, slot, j, observed[slot][j]);
          }
        }
        Matrix out = matrices.zeros(CAPACITY, LearnerRig.EMBEDDING);
        rig.embedder.embed(truth, out);
        double[] now = matrices.elements(out);
        double[] keys = keys();
        for (int j = 0; j < now.length; j++) {
          sum += Math.abs(now[j] - keys[j]);
          count++;
        }
      }
    }
    return sum / count;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aStepThatThrows_leavesNoTrace(int period) {
    List<Object> end = null;
    for (boolean failing : new boolean[] {false, true}) {
      rig("decoded", transport(period));
      for (int round = 0; round < 4; round++) {
        rig.steps(WARMUP);
        if (failing) {
          List<Object> before = rig.state();
          rig.eviction.fails = true;
          Matrix observations = matrices.zeros(BATCH, LearnerRig.OBSERVATION);
          assertThatThrownBy(() -> rig.network.step(observations, rig.values))
              .hasMessage("the policy fails, as it was told to");
          rig.eviction.fails = false;
          Comparisons.assertSameState("the state after it threw", rig.state(), before);
        }
      }
      rig.steps(5);
      if (failing) {
        Comparisons.assertSameState("the state in the end, and a twin's", rig.state(), end);
      } else {
        end = rig.state();
      }
    }
  }

  @Test
  void valuesAndAgesStay() {
    rig("decoded", transport(1));
    rig.steps(WARMUP + 3);
    double[] before = keys();
    int[] untouched = untouched();
    Slots others = Slots.of(untouched);
    double[] values = matrices.elements(rig.values(others));
    long[] ages = IntStream.of(untouched).mapToLong(rig.memory::writtenAt).toArray();
    rig.steps(1);
    assertThat(matrices.elements(rig.values(others))).isEqualTo(values);
    assertThat(IntStream.of(untouched).mapToLong(rig.memory::writtenAt).toArray()).isEqualTo(ages);
    assertThat(row(keys(), untouched[0])).isNotEqualTo(row(before, untouched[0]));
  }

  @Test
  void refusesAPeriodBelowOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rig("stored", transport(0)))
        .withMessage("Option transport-every must be a whole number, 1 or more, but it is '0'.");
  }
}
