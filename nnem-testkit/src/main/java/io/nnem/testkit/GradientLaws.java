package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnem.core.Options;
import io.nnem.core.Parameter;
import io.nnem.core.Plugins;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.Slots;
import io.nnem.testkit.LearnerRig.Setting;
import java.util.Optional;

/** What {@link CreditAssignerContract} asks of gradients: laws 1 and 2. */
abstract class GradientLaws<T> extends AssignerClaims<T> {

  private LearnerRig<T> exactStored(Setting setting) {
    return new LearnerRig<>(
        matrices.tensors,
        Plugins.load(CreditAssignerProvider.class).get("exact-reinstatement"),
        Optional.of(Plugins.load(ReinstatementProvider.class).get("stored")),
        Options.none(),
        setting);
  }

  private void assumeDoubles() {
    assumeTrue(
        matrices.tensors.elementBytes() == Double.BYTES,
        "finite differences need a back end in double precision");
  }

  private void assertClose(String what, double[] actual, double[] expected) {
    double unit = matrices.tensors.elementBytes() == Double.BYTES ? 1e-10 : 1e-4;
    Comparisons.assertClose(what, actual, expected, unit * Matrices.largest(expected));
  }

  @Law(
      number = 1,
      holds = "from the loss of a reading to the embedder, for assigners that claim law 2")
  final void theWholeChain_agreesWithFiniteDifferences_whileNothingChanged() {
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

  @Law(
      number = 1,
      holds =
          "from the loss of a reading to the embedder, after 20 steps, for assigners whose keys follow the embedder")
  final void theWholeChain_agreesWithFiniteDifferences_atAnyTime() {
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

  @Law(number = 2, holds = "with part of the memory in use, all of it, and slots taken again")
  final void equalsExactReinstatementFromStored_whileNothingChanged() {
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
  @Law(number = 2, holds = "credit for a few slots in any order reaches those memories")
  final void equalsExactReinstatement_forSomeOfTheMemories() {
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
      assertThat(matrices.elements(keyGradient))
          .as("the keys' gradient, which is not to be written to")
          .isEqualTo(given);
      exact.assigner.assign(exact.assigner.recall(some), weights, keyGradient);
      assertClose("gradient of four memories", rig.gradients(), exact.gradients());
    }
  }
}
