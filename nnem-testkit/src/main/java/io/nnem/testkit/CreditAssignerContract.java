package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnem.core.Options;
import io.nnem.core.Parameter;
import io.nnem.core.Plugins;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.DivergenceException;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.Slots;
import io.nnem.testkit.LearnerRig.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The laws of credit, for one assigner: that its gradient is what it claims to be, that it retains
 * what it claims to, that a step which fails leaves no trace, that a seed gives its bits again, and
 * that it touches nothing it was not given.
 *
 * <pre>{@code
 * class MyAssignerTest extends CreditAssignerContract<Matrix> {
 *   @Override
 *   protected Tensors<Matrix> tensors() {
 *     return new ReferenceTensors();
 *   }
 *
 *   @Override
 *   protected CreditAssignerProvider provider() {
 *     return new MyAssignerProvider();
 *   }
 * }
 * }</pre>
 *
 * @param <T> the matrix type of the back end that it is tested on
 */
public abstract class CreditAssignerContract<T> {

  /** What an assigner holds beyond keys and values. */
  public enum Retains {
    /** Nothing, however many memories there are. */
    NOTHING,
    /** Something for each slot: more for a larger memory, and never more as time goes by. */
    PER_SLOT
  }

  private static final Setting SMALL = new Setting(13, 4, 3, true);

  private Matrices<T> matrices;

  /** For subclasses. */
  protected CreditAssignerContract() {}

  /**
   * The back end to test on.
   *
   * @return any; with the reference, gradients are held against finite differences
   */
  protected abstract Tensors<T> tensors();

  /**
   * The assigner's provider.
   *
   * @return the provider under test
   */
  protected abstract CreditAssignerProvider provider();

  /**
   * The reinstatement that it is combined with.
   *
   * @return empty unless overridden
   */
  protected Optional<ReinstatementProvider> reinstatement() {
    return Optional.empty();
  }

  /**
   * Settings of its own.
   *
   * @return none unless overridden
   */
  protected Options options() {
    return Options.none();
  }

  /**
   * Whether it changes the embedder.
   *
   * @return true unless overridden
   */
  protected boolean learns() {
    return true;
  }

  /**
   * Whether its gradient is the true one (law 2) as long as the embedder has not changed since the
   * memories were written.
   *
   * @return false unless overridden
   */
  protected boolean isTrueWhileNothingChanged() {
    return false;
  }

  /**
   * Whether the keys that it recalls follow the embedder, so that its gradient is that of the
   * reading itself, at any time.
   *
   * @return false unless overridden
   */
  protected boolean recallFollowsTheEmbedder() {
    return false;
  }

  /**
   * What it retains.
   *
   * @return {@link Retains#PER_SLOT} unless overridden
   */
  protected Retains retains() {
    return Retains.PER_SLOT;
  }

  @BeforeEach
  final void open() {
    matrices = new Matrices<>(tensors(), "credit");
  }

  @AfterEach
  final void close() {
    matrices.close();
  }

  private LearnerRig<T> rig(Setting setting) {
    return new LearnerRig<>(matrices.tensors, provider(), reinstatement(), options(), setting);
  }

  private LearnerRig<T> exactStored(Setting setting) {
    return new LearnerRig<>(
        matrices.tensors,
        Plugins.load(CreditAssignerProvider.class).get("exact-reinstatement"),
        Optional.of(Plugins.load(ReinstatementProvider.class).get("stored")),
        Options.none(),
        setting);
  }

  private T queries() {
    return matrices.random(5, LearnerRig.EMBEDDING, -1, 1);
  }

  private T targets() {
    return matrices.of(5, LearnerRig.CLASSES, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0);
  }

  private void assumeDoubles() {
    assumeTrue(
        matrices.tensors.elementBytes() == Double.BYTES,
        "finite differences need a back end in double precision");
  }

  private void assertClose(String what, double[] actual, double[] expected) {
    double unit = matrices.tensors.elementBytes() == Double.BYTES ? 1e-10 : 1e-4;
    assertThat(actual)
        .as("%s, with seed %d", what, TestSeed.get())
        .containsExactly(expected, within(unit * Matrices.largest(expected)));
  }

  @Test
  final void law1_theWholeChain_agreesWithFiniteDifferences_whileNothingChanged() {
    assumeTrue(isTrueWhileNothingChanged(), "the assigner does not claim law 2");
    assumeDoubles();
    try (LearnerRig<T> rig = rig(new Setting(12, 4, 0, false))) {
      T stored = matrices.zeros(12, LearnerRig.OBSERVATION);
      for (int i = 0; i < 3; i++) {
        Slots slots = rig.write();
        matrices.tensors.scatterRows(rig.observations, slots.toArray(), stored);
      }
      T queries = queries();
      T targets = targets();
      T keys = matrices.zeros(12, LearnerRig.EMBEDDING);
      rig.credit(queries, targets);
      for (Parameter<T> parameter : rig.embedder.parameters()) {
        Differences.assertGradient(
            matrices.tensors,
            parameter.name(),
            parameter.value(),
            parameter.gradient(),
            () -> {
              rig.embedder.embed(stored, keys);
              return rig.loss(queries, keys, targets);
            });
      }
    }
  }

  @Test
  final void law1_theWholeChain_agreesWithFiniteDifferences_atAnyTime() {
    assumeTrue(recallFollowsTheEmbedder(), "the keys that it recalls do not follow the embedder");
    assumeDoubles();
    try (LearnerRig<T> rig = rig(SMALL)) {
      rig.steps(20);
      T queries = queries();
      T targets = targets();
      rig.credit(queries, targets);
      for (Parameter<T> parameter : rig.embedder.parameters()) {
        Differences.assertGradient(
            matrices.tensors,
            parameter.name(),
            parameter.value(),
            parameter.gradient(),
            () -> {
              T keys = rig.assigner.recall(rig.memory.occupied()).keys();
              return rig.loss(queries, keys, targets);
            });
      }
    }
  }

  @Test
  final void law2_equalsExactReinstatementFromStored_whileNothingChanged() {
    assumeTrue(isTrueWhileNothingChanged(), "the assigner does not claim law 2");
    for (int writes : new int[] {1, 3, 5}) { // part of the memory, all of it, and around the end
      Setting setting = new Setting(12, 4, 0, false);
      try (LearnerRig<T> rig = rig(setting);
          LearnerRig<T> exact = exactStored(setting)) {
        for (int i = 0; i < writes; i++) {
          rig.write();
          exact.write();
        }
        T queries = queries();
        T targets = targets();
        double loss = rig.credit(queries, targets);
        assertThat(loss)
            .as("loss")
            .isCloseTo(exact.credit(queries, targets), within(Math.abs(loss) * 1e-5));
        assertThat(Matrices.largest(exact.gradients())).isPositive();
        assertClose("gradient after " + writes + " writes", rig.gradients(), exact.gradients());
      }
    }
  }

  /** Credit for a part of the memory, in an order of its own, goes to those memories. */
  @Test
  final void law2_equalsExactReinstatement_forSomeOfTheMemories() {
    assumeTrue(isTrueWhileNothingChanged(), "the assigner does not claim law 2");
    Setting setting = new Setting(12, 4, 0, false);
    try (LearnerRig<T> rig = rig(setting);
        LearnerRig<T> exact = exactStored(setting)) {
      for (int i = 0; i < 3; i++) {
        rig.write();
        exact.write();
      }
      Slots some = Slots.of(7, 2, 11, 0);
      T weights = matrices.random(4, 1, 0, 1);
      T keyGradient = matrices.random(4, LearnerRig.EMBEDDING, -1, 1);
      double[] given = matrices.elements(keyGradient);
      rig.assigner.assign(rig.assigner.recall(some), weights, keyGradient);
      exact.assigner.assign(exact.assigner.recall(some), weights, keyGradient);
      assertClose("gradient of four memories", rig.gradients(), exact.gradients());
      assertThat(matrices.elements(keyGradient)).as("the keys' gradient").isEqualTo(given);
    }
  }

  @Test
  final void law3_changesTheEmbedder_onlyIfItSaysSo() {
    try (LearnerRig<T> rig = rig(SMALL)) {
      double[] before = rig.parameters();
      rig.steps(60);
      if (learns()) {
        assertThat(rig.parameters()).as("parameters after 60 steps").isNotEqualTo(before);
      } else {
        assertThat(rig.parameters()).as("parameters after 60 steps").isEqualTo(before);
      }
    }
  }

  @Test
  final void law3_changesNothingDuringWarmup() {
    try (LearnerRig<T> rig = rig(new Setting(13, 4, 10, true))) {
      double[] before = rig.parameters();
      rig.steps(10);
      assertThat(rig.parameters()).as("parameters after the warm-up").isEqualTo(before);
    }
  }

  @Test
  final void law3_retainedBytes_growWithCapacity_andNeverWithTime() {
    long small = retainedBytes(13);
    long large = retainedBytes(26);
    if (retains() == Retains.NOTHING) {
      assertThat(small).as("retained bytes at capacity 13").isZero();
      assertThat(large).as("retained bytes at capacity 26").isZero();
    } else {
      assertThat(small).as("retained bytes at capacity 13").isPositive();
      assertThat(large).as("retained bytes at capacity 26").isGreaterThan(small);
    }
  }

  private long retainedBytes(int capacity) {
    try (LearnerRig<T> rig = rig(new Setting(capacity, 4, 1, true))) {
      rig.steps(3);
      long early = rig.assigner.retainedBytes();
      for (int i = 0; i < 60; i++) {
        rig.step();
        assertThat(rig.assigner.retainedBytes())
            .as("retained bytes at capacity %d after step %d", capacity, i + 4)
            .isEqualTo(early);
      }
      return early;
    }
  }

  @Test
  final void law4_aStepThatThrows_leavesNoTrace() {
    try (LearnerRig<T> rig = rig(SMALL);
        LearnerRig<T> twin = rig(SMALL)) {
      for (int steps : new int[] {0, 1, 4, 17}) { // empty, warming up, warm, all slots in use
        rig.steps(steps);
        twin.steps(steps);
        badSteps(rig);
        assertThat(rig.step()).as("the next step's losses").isEqualTo(twin.step());
        assertThat(rig.state()).as("the state afterwards").isEqualTo(twin.state());
      }
      rig.steps(10);
      twin.steps(10);
      assertThat(rig.state()).as("the state in the end").isEqualTo(twin.state());
    }
  }

  private void badSteps(LearnerRig<T> rig) {
    Tensors<T> tensors = matrices.tensors;
    T observations = matrices.random(4, LearnerRig.OBSERVATION, 0, 1);
    T values = matrices.of(4, LearnerRig.CLASSES, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0);
    T narrow = matrices.zeros(4, LearnerRig.OBSERVATION - 1);
    refused(rig, () -> rig.learner.step(narrow, values));
    T fewer = matrices.zeros(3, LearnerRig.CLASSES);
    refused(rig, () -> rig.learner.step(observations, fewer));
    T many = matrices.zeros(14, LearnerRig.OBSERVATION);
    T manyValues = matrices.zeros(14, LearnerRig.CLASSES);
    refused(rig, () -> rig.learner.step(many, manyValues));
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      T bent = matrices.copy(observations);
      tensors.set(bent, 2, 1, bad);
      diverges(rig, () -> rig.learner.step(bent, values));
      T bentValues = matrices.copy(values);
      tensors.set(bentValues, 1, 1, bad);
      diverges(rig, () -> rig.learner.step(observations, bentValues));
    }
    rig.decoder.fails = true;
    unchanged(
        rig,
        () ->
            assertThatThrownBy(() -> rig.learner.step(observations, values))
                .hasMessage("the decoder fails, as it was told to"));
    rig.decoder.fails = false;
    rig.retention.fails = true;
    unchanged(
        rig,
        () ->
            assertThatThrownBy(() -> rig.learner.step(observations, values))
                .hasMessage("the policy fails, as it was told to"));
    rig.retention.fails = false;
  }

  private void refused(LearnerRig<T> rig, ThrowingCallable step) {
    unchanged(rig, () -> assertThatIllegalArgumentException().isThrownBy(step));
  }

  private void diverges(LearnerRig<T> rig, ThrowingCallable step) {
    unchanged(rig, () -> assertThatThrownBy(step).isInstanceOf(DivergenceException.class));
  }

  private void unchanged(LearnerRig<T> rig, Runnable check) {
    List<Object> before = rig.state();
    check.run();
    assertThat(rig.state()).as("the state after a step that threw").isEqualTo(before);
  }

  @Test
  final void law5_theSameSeedGivesTheSameBits() {
    try (LearnerRig<T> rig = rig(SMALL);
        LearnerRig<T> twin = rig(SMALL)) {
      for (int i = 0; i < 40; i++) {
        assertThat(rig.step()).as("losses of step %d", i + 1).isEqualTo(twin.step());
      }
      assertThat(rig.state()).isEqualTo(twin.state());
      T queries = matrices.random(9, LearnerRig.OBSERVATION, 0, 1);
      assertThat(rig.predictions(queries)).isEqualTo(twin.predictions(queries));
    }
  }

  @Test
  final void law6_predictAndRecall_changeNothing() {
    try (LearnerRig<T> rig = rig(SMALL);
        LearnerRig<T> twin = rig(SMALL)) {
      T queries = matrices.random(9, LearnerRig.OBSERVATION, 0, 1);
      for (int i = 0; i < 25; i++) {
        rig.step();
        twin.step();
        List<Object> before = rig.state();
        double[] first = rig.predictions(queries);
        assertThat(rig.state()).as("the state after a prediction").isEqualTo(before);
        rig.assigner.recall(Slots.of(0));
        assertThat(rig.predictions(queries)).as("the same prediction again").isEqualTo(first);
        assertThat(rig.state()).as("the state after a recall").isEqualTo(before);
      }
      assertThat(rig.state()).as("a twin that was not asked").isEqualTo(twin.state());
    }
  }

  @Test
  final void law6_aStepChangesNoMemory_butThoseItWrites() {
    try (LearnerRig<T> rig = rig(SMALL)) {
      rig.steps(2);
      for (int i = 0; i < 25; i++) {
        int[] named = rig.retention.choose(SMALL.batch()).toArray();
        int[] others =
            IntStream.range(0, rig.memory.size())
                .filter(slot -> Arrays.stream(named).noneMatch(n -> n == slot))
                .toArray();
        Slots slots = Slots.of(others);
        double[] keys = matrices.elements(rig.memory.keys(slots));
        double[] values = matrices.elements(rig.memory.values(slots));
        long[] versions = versions(rig, others);
        long version = rig.embedder.version();
        rig.step();
        assertThat(matrices.elements(rig.memory.keys(slots))).as("other keys").isEqualTo(keys);
        assertThat(matrices.elements(rig.memory.values(slots))).as("values").isEqualTo(values);
        assertThat(versions(rig, others)).as("versions").isEqualTo(versions);
        assertThat(versions(rig, named)).as("versions of what was written").containsOnly(version);
        assertThat(matrices.elements(rig.memory.values(Slots.of(named))))
            .as("values of what was written")
            .isEqualTo(matrices.elements(rig.values));
      }
    }
  }

  private long[] versions(LearnerRig<T> rig, int[] slots) {
    return Arrays.stream(slots).mapToLong(rig.memory::writtenAt).toArray();
  }

  @Test
  final void law6_assign_changesGradientsAlone() {
    try (LearnerRig<T> rig = rig(SMALL)) {
      rig.steps(12);
      rig.embedder.clearGradients();
      List<Object> before = rig.state();
      T queries = queries();
      double[] given = matrices.elements(queries);
      rig.credit(queries, targets());
      assertThat(matrices.elements(queries)).as("the queries").isEqualTo(given);
      rig.embedder.clearGradients();
      rig.assigner.discard();
      assertThat(rig.state()).as("the state after credit was assigned").isEqualTo(before);
    }
  }

  @Test
  final void law7_hasAName_andOptionsWithNames() {
    assertThat(provider().name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    assertThat(provider().optionNames()).doesNotContainNull();
    assertThat(provider().optionNames()).containsAll(options().values().keySet());
  }

  @Test
  final void law7_withoutReinstatement_itSaysSo() {
    assumeTrue(provider().reinstates(), "the assigner needs no reinstatement");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LearnerRig<>(matrices.tensors, provider(), Optional.empty(), options(), SMALL))
        .withMessage(
            "This credit assigner reinstates observations and must be told from where, as in"
                + " exact-reinstatement/stored or exact-reinstatement/decoded.");
  }
}
