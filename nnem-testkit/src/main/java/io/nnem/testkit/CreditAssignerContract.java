package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nnem.memory.Slots;
import io.nnem.testkit.LearnerRig.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
public abstract class CreditAssignerContract<T> extends StepLaws<T> {

  /** What an assigner holds beyond keys and values. */
  public enum Retains {
    /** Nothing, however many memories there are. */
    NOTHING,
    /** Something for each slot: more for a larger memory, and never more as time goes by. */
    PER_SLOT
  }

  /** For subclasses. */
  protected CreditAssignerContract() {}

  @Law(number = 5, holds = "two networks, 40 steps: losses, parameters, memories, answers")
  final void theSameSeedGivesTheSameBits() {
    try (LearnerRig<T> rig = rig(SMALL);
        LearnerRig<T> twin = rig(SMALL)) {
      for (int i = 0; i < 40; i++) {
        assertThat(rig.step()).as("losses of step %d", i + 1).isEqualTo(twin.step());
      }
      Comparisons.assertSameState("the state in the end", rig.state(), twin.state());
      T queries = matrices.random(9, LearnerRig.OBSERVATION, 0, 1);
      assertThat(rig.predictions(queries)).isEqualTo(twin.predictions(queries));
    }
  }

  @Law(
      number = 5,
      holds =
          "a network that is saved at several moments and loaded into a new one: losses, parameters, memories, answers of the steps that follow")
  final void savedAndLoaded_itGoesOnWithTheSameBits() {
    for (int steps : new int[] {0, 2, 5, 23}) { // empty, warming up, filling, slots taken again
      try (LearnerRig<T> rig = rig(SMALL);
          LearnerRig<T> twin = rig(SMALL)) {
        rig.steps(steps);
        for (int i = 0; i < steps; i++) {
          twin.next(); // the stream of both goes on alike
        }
        SavedState saved = SavedState.of(rig.network);
        saved.loadInto(twin.network);
        assertThat(SavedState.of(twin.network)).as("the state when loaded").isEqualTo(saved);
        for (int i = 0; i < 37; i++) {
          assertThat(twin.step())
              .as("losses of step %d after loading at step %d", i + 1, steps)
              .isEqualTo(rig.step());
        }
        Comparisons.assertSameState("the state 37 steps after loading", twin.state(), rig.state());
      }
    }
  }

  @Law(
      number = 8,
      holds =
          "four threads that read at once get the bits of one alone, and leave the state as it was")
  final void anyNumberOfThreadsRead_whileNobodyWrites() throws InterruptedException {
    try (LearnerRig<T> rig = rig(SMALL)) {
      rig.steps(12);
      List<Object> before = rig.state();
      T queries = matrices.random(9, LearnerRig.OBSERVATION, 0, 1);
      double[] alone = rig.predictions(queries);
      List<String> wrong = Collections.synchronizedList(new ArrayList<>());
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        T out = matrices.zeros(9, LearnerRig.CLASSES);
        threads.add(new Thread(() -> readAgainAndAgain(rig, queries, out, alone, wrong)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(wrong).as("law 8: answers of four threads that differ from one's").isEmpty();
      Comparisons.assertSameState("the state after many readings", rig.state(), before);
    }
  }

  private void readAgainAndAgain(
      LearnerRig<T> rig, T queries, T out, double[] expected, List<String> wrong) {
    try {
      for (int i = 0; i < 50 && wrong.isEmpty(); i++) {
        rig.network.read(queries, out);
        double[] answers = matrices.elements(out);
        if (!Arrays.equals(answers, Arrays.copyOf(expected, answers.length))) {
          wrong.add(Arrays.toString(answers));
        }
      }
    } catch (RuntimeException | Error e) {
      wrong.add(e.toString());
    }
  }

  /**
   * A network whose slots held other memories before answers, and gives credit, as one whose slots
   * never did: nothing is left of what is overwritten.
   */
  @Law(
      number = 6,
      holds =
          "a network whose slots held other memories before goes on as one whose slots never did")
  final void aSlotThatIsWrittenAnew_forgetsItsFormerMemory() {
    assumeTrue(isTrueWhileNothingChanged(), "what it keeps shows in its gradient only");
    Setting setting = new Setting(12, 4, 0, false);
    try (LearnerRig<T> rig = rig(setting);
        LearnerRig<T> fresh = rig(setting)) {
      for (int i = 0; i < 3; i++) {
        rig.write();
        fresh.next(); // the stream of both goes on alike
      }
      for (int i = 0; i < 3; i++) {
        rig.write();
        fresh.write();
      }
      T queries = queries();
      T targets = targets();
      rig.credit(queries, targets);
      fresh.credit(queries, targets);
      assertThat(rig.gradients())
          .as("law 6: the gradient, as against that of slots that never held anything else")
          .isEqualTo(fresh.gradients());
    }
  }

  @Law(
      number = 6,
      holds = "predictions and recalls between steps; a twin that was not asked goes on alike")
  final void predictAndRecall_changeNothing() {
    try (LearnerRig<T> rig = rig(SMALL);
        LearnerRig<T> twin = rig(SMALL)) {
      T queries = matrices.random(9, LearnerRig.OBSERVATION, 0, 1);
      for (int i = 0; i < 25; i++) {
        rig.step();
        twin.step();
        List<Object> before = rig.state();
        double[] first = rig.predictions(queries);
        Comparisons.assertSameState("the state after a prediction", rig.state(), before);
        rig.assigner.recall(Slots.of(0));
        assertThat(rig.predictions(queries)).as("the same prediction again").isEqualTo(first);
        Comparisons.assertSameState("the state after a recall", rig.state(), before);
      }
      Comparisons.assertSameState("a twin that was not asked", rig.state(), twin.state());
    }
  }

  @Law(number = 6, holds = "a whole training step")
  final void aStepChangesNoMemory_butThoseItWrites() {
    try (LearnerRig<T> rig = rig(SMALL)) {
      rig.steps(2);
      for (int i = 0; i < 25; i++) {
        int[] named = rig.nextSlots().toArray();
        int[] others =
            IntStream.range(0, rig.memory.size())
                .filter(slot -> Arrays.stream(named).noneMatch(n -> n == slot))
                .toArray();
        Slots slots = Slots.of(others);
        double[] keys = matrices.elements(rig.keys(slots));
        double[] values = matrices.elements(rig.values(slots));
        long[] versions = versions(rig, others);
        long version = rig.embedder.version();
        rig.step();
        assertThat(matrices.elements(rig.keys(slots))).as("other keys").isEqualTo(keys);
        assertThat(matrices.elements(rig.values(slots))).as("values").isEqualTo(values);
        assertThat(versions(rig, others)).as("versions").isEqualTo(versions);
        assertThat(versions(rig, named)).as("versions of what was written").containsOnly(version);
        assertThat(matrices.elements(rig.values(Slots.of(named))))
            .as("values of what was written")
            .isEqualTo(matrices.elements(rig.values));
      }
    }
  }

  private long[] versions(LearnerRig<T> rig, int[] slots) {
    return Arrays.stream(slots).mapToLong(rig.memory::writtenAt).toArray();
  }

  @Law(number = 6, holds = "credit adds to gradients, nothing else")
  final void assign_changesGradientsAlone() {
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
      Comparisons.assertSameState("the state after credit was assigned", rig.state(), before);
    }
  }

  @Law(number = 7, holds = "a name that can be asked for; options that are set are listed")
  final void hasAName_andOptionsWithNames() {
    Names.check(provider(), optionValues());
  }

  @Law(
      number = 7,
      holds = "an assigner that reinstates asks for the source, in words that name two")
  final void withoutReinstatement_itSaysSo() {
    assumeTrue(provider().reinstates(), "the assigner needs no reinstatement");
    assertThatThrownBy(
            () ->
                new LearnerRig<>(
                    matrices.tensors, provider(), Optional.empty(), optionValues(), SMALL),
            "law 7: refusal without a reinstatement; call CreditContext.requireReinstatement()")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "This credit assigner reinstates observations and must be told from where, as in"
                + " exact-reinstatement/stored or exact-reinstatement/decoded.");
  }
}
