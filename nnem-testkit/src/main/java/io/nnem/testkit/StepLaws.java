package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.Tensors;
import io.nnem.testkit.LearnerRig.Setting;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What {@link CreditAssignerContract} asks of steps, those that fail included: laws 3 and 4. */
abstract class StepLaws<T> extends GradientLaws<T> {

  @Law(number = 3, holds = "60 steps, bit for bit")
  final void changesTheEmbedder_onlyIfItSaysSo() {
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

  @Law(number = 3, holds = "the embedder, in steps that train the decoder alone")
  final void changesNothingDuringWarmup() {
    try (LearnerRig<T> rig = rig(new Setting(13, 4, 10, true))) {
      double[] before = rig.parameters();
      rig.steps(10);
      assertThat(rig.parameters()).as("parameters after the warm-up").isEqualTo(before);
    }
  }

  @Law(number = 3, holds = "`retainedBytes()` after each of 60 steps, at two capacities")
  final void retainedBytes_growWithCapacity_andNeverWithTime() {
    long small = retainedBytes(13);
    long large = retainedBytes(26);
    if (retains() == CreditAssignerContract.Retains.NOTHING) {
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

  @Law(
      number = 4,
      holds =
          "bad shapes, NaN and infinity, a decoder and a policy that fail; with an empty, a filling and a full memory; a twin that saw no failure goes on alike")
  final void aStepThatThrows_leavesNoTrace() {
    try (LearnerRig<T> rig = rig(SMALL);
        LearnerRig<T> twin = rig(SMALL)) {
      for (int steps : new int[] {0, 1, 4, 17}) { // empty, warming up, warm, all slots in use
        rig.steps(steps);
        twin.steps(steps);
        badSteps(rig);
        assertThat(rig.step()).as("the next step's losses").isEqualTo(twin.step());
        Comparisons.assertSameState("the state afterwards", rig.state(), twin.state());
      }
      rig.steps(10);
      twin.steps(10);
      Comparisons.assertSameState("the state in the end", rig.state(), twin.state());
    }
  }

  /** The policy throws when the memory has changed: no network goes on with half a step. */
  @Test
  final void aStepThatFailsLate_isTheLast() {
    try (LearnerRig<T> rig = rig(SMALL)) {
      rig.steps(6);
      rig.eviction.failsLate = true;
      assertThatThrownBy(rig::step).hasMessage("the policy fails late, as it was told to");
      rig.eviction.failsLate = false;
      assertThatThrownBy(rig::step, "a step after one that failed late")
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("load the latest saved one");
      T queries = matrices.random(2, LearnerRig.OBSERVATION, 0, 1);
      assertThatThrownBy(() -> rig.predictions(queries), "a reading after it")
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private void badSteps(LearnerRig<T> rig) {
    Tensors<T> tensors = matrices.tensors;
    T observations = matrices.random(4, LearnerRig.OBSERVATION, 0, 1);
    T values = matrices.of(4, LearnerRig.CLASSES, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0);
    T narrow = matrices.zeros(4, LearnerRig.OBSERVATION - 1);
    refused(rig, () -> rig.network.step(narrow, values));
    T fewer = matrices.zeros(3, LearnerRig.CLASSES);
    refused(rig, () -> rig.network.step(observations, fewer));
    T many = matrices.zeros(14, LearnerRig.OBSERVATION);
    T manyValues = matrices.zeros(14, LearnerRig.CLASSES);
    refused(rig, () -> rig.network.step(many, manyValues));
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      T bent = matrices.copy(observations);
      tensors.set(bent, 2, 1, bad);
      refused(rig, () -> rig.network.step(bent, values));
      T bentValues = matrices.copy(values);
      tensors.set(bentValues, 1, 1, bad);
      refused(rig, () -> rig.network.step(observations, bentValues));
    }
    rig.decoder.fails = true;
    unchanged(
        rig,
        () ->
            assertThatThrownBy(() -> rig.network.step(observations, values))
                .hasMessage("the decoder fails, as it was told to"));
    rig.decoder.fails = false;
    rig.eviction.fails = true;
    unchanged(
        rig,
        () ->
            assertThatThrownBy(() -> rig.network.step(observations, values))
                .hasMessage("the policy fails, as it was told to"));
    rig.eviction.fails = false;
  }

  private void refused(LearnerRig<T> rig, ThrowingCallable step) {
    unchanged(rig, () -> assertThatIllegalArgumentException().isThrownBy(step));
  }

  private void unchanged(LearnerRig<T> rig, Runnable check) {
    List<Object> before = rig.state();
    check.run();
    Comparisons.assertSameState("the state after a step that threw", rig.state(), before);
  }
}
