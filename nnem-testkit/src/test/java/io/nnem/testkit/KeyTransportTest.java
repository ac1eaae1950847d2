package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.EmbedderContext;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.RowShape;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.Freshener;
import io.nnem.credit.MemoryLearner;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.credit.freshening.KeyTransport;
import io.nnem.credit.freshening.ReembeddingFreshener;
import io.nnem.credit.freshening.RoundRobin;
import io.nnem.memory.Slots;
import io.nnem.testkit.LearnerRig.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTransportTest {
  private static final int CAPACITY = 14;
  private static final int BATCH = 4;
  private static final int WARMUP = 4;

  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Matrices<Matrix> matrices = new Matrices<>(tensors, "transport");
  private NetworkEmbedder<Matrix> other;
  private LearnerRig<Matrix> rig;
  private Freshener<Matrix> freshener;
  private MemoryLearner<Matrix> learner;

  @BeforeEach
  void open() {
    other = embedder(List.of(5));
  }

  @AfterEach
  void close() {
    closeLearner();
    other.close();
    matrices.close();
  }

  private void closeLearner() {
    if (learner != null) {
      learner.close();
      freshener.close();
      rig.close();
      learner = null;
    }
  }

  private NetworkEmbedder<Matrix> embedder(List<Integer> hidden) {
    return NetworkEmbedder.perceptron(
        new EmbedderContext<>(
            tensors,
            RowShape.flat(LearnerRig.OBSERVATION),
            LearnerRig.EMBEDDING,
            hidden,
            OptimiserSettings.adam(0.01),
            99,
            Options.none()));
  }

  private KeyTransport<Matrix> transport(int period) {
    return new KeyTransport<>(tensors, rig.embedder, other, rig.memory, rig.reinstatement, period);
  }

  private void learner(String source, Supplier<Freshener<Matrix>> with) {
    closeLearner();
    rig =
        new LearnerRig<>(
            tensors,
            Plugins.load(CreditAssignerProvider.class).get("approximate-reinstatement"),
            Optional.of(Plugins.load(ReinstatementProvider.class).get(source)),
            Options.none(),
            new Setting(CAPACITY, BATCH, WARMUP, true));
    freshener = with.get();
    learner =
        new MemoryLearner<>(
            tensors, rig.embedder, rig.memory, rig.assigner, rig.decoder, rig.settings, freshener);
  }

  private void steps(int count) {
    for (int i = 0; i < count; i++) {
      rig.next();
      learner.step(rig.observations, rig.values);
    }
  }

  private double[] keys() {
    return matrices.elements(rig.memory.keys(rig.memory.occupied()));
  }

  /** What the embedder of today makes of the memories' reinstated observations. */
  private double[] embedded() {
    Slots all = rig.memory.occupied();
    Matrix out = matrices.zeros(all.count(), LearnerRig.EMBEDDING);
    rig.embedder.embed(rig.reinstatement.observations(all, rig.memory.keys(all)), out);
    return matrices.elements(out);
  }

  private static double[] row(double[] matrix, int row) {
    int columns = LearnerRig.EMBEDDING;
    return Arrays.copyOfRange(matrix, row * columns, (row + 1) * columns);
  }

  /** The next step's slots are those that retention would give up now. */
  private int[] untouched() {
    int[] named = rig.retention.choose(BATCH).toArray();
    return IntStream.range(0, CAPACITY)
        .filter(slot -> Arrays.stream(named).noneMatch(n -> n == slot))
        .toArray();
  }

  @Test
  void withStoredObservations_keysAreThoseOfTheEmbedder_beforeTheStepsUpdate() {
    learner("stored", () -> transport(1));
    steps(WARMUP + 3);
    for (int i = 0; i < 10; i++) {
      double[] now = embedded();
      int[] untouched = untouched();
      steps(1);
      for (int slot : untouched) {
        assertThat(row(keys(), slot))
            .as("key in slot %d", slot)
            .containsExactly(row(now, slot), within(1e-12));
      }
    }
  }

  @Test
  void inBetween_keysStay_andWhatWasWrittenThen_isMovedByItsShare() {
    learner("stored", () -> transport(3));
    // Versions 0, 1, ... are those before the credited steps; keys are moved in those of 3, 6, ...
    steps(WARMUP + 3);
    for (int version = 3; version < 12; version++) {
      double[] before = keys();
      double[] now = embedded();
      double[] then = new double[now.length];
      Slots all = rig.memory.occupied();
      Matrix out = matrices.zeros(all.count(), LearnerRig.EMBEDDING);
      other.embed(rig.reinstatement.observations(all, rig.memory.keys(all)), out);
      System.arraycopy(matrices.elements(out), 0, then, 0, then.length);
      long[] writtenAt = IntStream.range(0, CAPACITY).mapToLong(rig.memory::writtenAt).toArray();
      int[] untouched = untouched();
      steps(1);
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

  /** The decoder is a poor one; what it cannot tell is not lost from the keys. */
  @Test
  void decodedObservations_keepKeysNearerToTheTruth_thanLeavingOrReembeddingThem() {
    double left = distance(null);
    double reembedded =
        distance(
            () ->
                new ReembeddingFreshener<>(
                    tensors,
                    rig.embedder,
                    rig.memory,
                    rig.reinstatement,
                    new RoundRobin(),
                    CAPACITY));
    double moved = distance(() -> transport(1));
    assertThat(moved).as("distance of moved keys").isLessThan(0.7 * left);
    assertThat(moved).as("against keys embedded again").isLessThan(0.7 * reembedded);
  }

  /** The mean distance of keys from what today's embedder makes of what was really observed. */
  private double distance(Supplier<Freshener<Matrix>> with) {
    double[][] observed = new double[CAPACITY][];
    learner("decoded", with == null ? () -> new LeavesKeys() : with);
    double sum = 0;
    int count = 0;
    for (int i = 0; i < 60; i++) {
      rig.next();
      int[] slots =
          rig.memory.size() + BATCH <= CAPACITY
              ? IntStream.range(rig.memory.size(), rig.memory.size() + BATCH).toArray()
              : rig.retention.choose(BATCH).toArray();
      double[] batch = matrices.elements(rig.observations);
      for (int row = 0; row < BATCH; row++) {
        int from = row * LearnerRig.OBSERVATION;
        observed[slots[row]] = Arrays.copyOfRange(batch, from, from + LearnerRig.OBSERVATION);
      }
      learner.step(rig.observations, rig.values);
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

  /** Leaves all keys as they are. */
  private static final class LeavesKeys implements Freshener<Matrix> {
    @Override
    public void prepare() {}

    @Override
    public void discard() {}

    @Override
    public void freshen(Slots written, CreditAssigner<Matrix> assigner) {}

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aStepThatThrows_leavesNoTrace(int period) {
    List<Object> end = null;
    for (boolean failing : new boolean[] {false, true}) {
      learner("decoded", () -> transport(period));
      for (int round = 0; round < 4; round++) {
        steps(WARMUP);
        if (failing) {
          List<Object> before = rig.state();
          rig.retention.fails = true;
          Matrix observations = matrices.zeros(BATCH, LearnerRig.OBSERVATION);
          assertThatThrownBy(() -> learner.step(observations, rig.values))
              .hasMessage("the policy fails, as it was told to");
          rig.retention.fails = false;
          Comparisons.assertSameState("the state after it threw", rig.state(), before);
        }
      }
      steps(5);
      if (failing) {
        Comparisons.assertSameState("the state in the end, and a twin's", rig.state(), end);
      } else {
        end = rig.state();
      }
    }
  }

  @Test
  void valuesAndAgesStay() {
    learner("decoded", () -> transport(1));
    steps(WARMUP + 3);
    double[] before = keys();
    int[] untouched = untouched();
    Slots others = Slots.of(untouched);
    double[] values = matrices.elements(rig.memory.values(others));
    long[] ages = IntStream.of(untouched).mapToLong(rig.memory::writtenAt).toArray();
    steps(1);
    assertThat(matrices.elements(rig.memory.values(others))).isEqualTo(values);
    assertThat(IntStream.of(untouched).mapToLong(rig.memory::writtenAt).toArray()).isEqualTo(ages);
    assertThat(row(keys(), untouched[0])).isNotEqualTo(row(before, untouched[0]));
  }

  @Test
  void refusesAPeriodBelowOne_andAnotherArchitecture() {
    learner("stored", () -> transport(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> transport(0))
        .withMessage(
            "Keys must be moved after every update, or after some, but the period is 0; to move"
                + " none, leave the freshener out.");
    try (NetworkEmbedder<Matrix> deeper = embedder(List.of(5, 5))) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new KeyTransport<>(
                      tensors, rig.embedder, deeper, rig.memory, rig.reinstatement, 1))
          .withMessage(
              "Both embedders must be of one architecture, but they have 4 and 6 parameters.");
    }
    try (NetworkEmbedder<Matrix> wider = embedder(List.of(6))) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new KeyTransport<>(
                      tensors, rig.embedder, wider, rig.memory, rig.reinstatement, 1))
          .withMessageStartingWith("The other embedder's parameter must be");
    }
  }
}
