package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.Freshener;
import io.nnem.credit.Freshening;
import io.nnem.credit.MemoryLearner;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.credit.freshening.ReembeddingFreshener;
import io.nnem.memory.Slots;
import io.nnem.testkit.LearnerRig.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What freshening must do, with any policy: rewrite keys and nothing else, within its budget, and
 * only in steps that succeed.
 *
 * @param <T> the matrix type of the back end that it is tested on
 */
public abstract class FresheningContract<T> {

  private static final Setting SETTING = new Setting(13, 4, 3, true);
  private static final int BUDGET = 5;

  private Tensors<T> tensors;
  private Matrices<T> matrices;

  /** For subclasses. */
  protected FresheningContract() {}

  /**
   * The back end to test on.
   *
   * @return any; the reference will do
   */
  protected abstract Tensors<T> tensors();

  /**
   * A new policy for an empty memory.
   *
   * @param capacity slots of the memory
   * @return the policy
   */
  protected abstract Freshening policy(int capacity);

  @BeforeEach
  final void open() {
    tensors = tensors();
    matrices = new Matrices<>(tensors, "freshening");
  }

  @AfterEach
  final void close() {
    matrices.close();
  }

  /** A rig with a learner that freshens, in place of its own. */
  private final class Fresh implements AutoCloseable {
    final LearnerRig<T> rig;
    final Freshener<T> freshener;
    final MemoryLearner<T> learner;

    Fresh(String assigner, Optional<String> source) {
      rig =
          new LearnerRig<>(
              tensors,
              Plugins.load(CreditAssignerProvider.class).get(assigner),
              source.map(name -> Plugins.load(ReinstatementProvider.class).get(name)),
              Options.none(),
              SETTING);
      freshener =
          new ReembeddingFreshener<>(
              tensors,
              rig.embedder,
              rig.memory,
              rig.reinstatement,
              policy(SETTING.capacity()),
              BUDGET);
      learner =
          new MemoryLearner<>(
              tensors,
              rig.embedder,
              rig.memory,
              rig.assigner,
              rig.decoder,
              rig.settings,
              freshener);
    }

    Fresh() {
      this("approximate-reinstatement", Optional.of("stored"));
    }

    void steps(int count) {
      for (int i = 0; i < count; i++) {
        rig.next();
        learner.step(rig.observations, rig.values);
      }
    }

    /** Each key, as the embedder would write it today less as it is stored. */
    double[] staleness() {
      Slots all = rig.memory.occupied();
      T fresh = matrices.zeros(all.count(), LearnerRig.EMBEDDING);
      rig.embedder.embed(rig.reinstatement.observations(all, rig.memory.keys(all)), fresh);
      double[] now = matrices.elements(fresh);
      double[] stored = matrices.elements(rig.memory.keys(all));
      double[] distances = new double[all.count()];
      for (int i = 0; i < now.length; i++) {
        distances[i / LearnerRig.EMBEDDING] += Math.abs(now[i] - stored[i]);
      }
      return distances;
    }

    @Override
    public void close() {
      freshener.close();
      learner.close();
      rig.close();
    }
  }

  @Test
  final void choosesAsManySlotsAsAsked_inUse_withoutChangingAnything() {
    Freshening policy = policy(13);
    Freshening twin = policy(13);
    SplittableRandom random = TestSeed.random("freshening");
    for (int size = 1; size <= 13; size++) {
      for (Freshening each : List.of(policy, twin)) {
        each.renewed(Slots.of(size - 1), size, false);
      }
      double[] weights = random.doubles(size).toArray();
      policy.read(Slots.range(0, size), weights);
      twin.read(Slots.range(0, size), weights);
      int count = 1 + random.nextInt(size);
      policy.choose(size, size, size + 1);
      Slots slots = policy.choose(count, size, size + 1);
      assertThat(slots.count()).as("slots chosen").isEqualTo(count);
      assertThat(Arrays.stream(slots.toArray()).max().orElseThrow())
          .as("highest slot, with %d in use", size)
          .isLessThan(size);
      assertThat(twin.choose(count, size, size + 1))
          .as("a twin that was asked once")
          .isEqualTo(slots);
      policy.renewed(slots, size + 1, true);
      twin.renewed(slots, size + 1, true);
    }
  }

  @Test
  final void freshKeys_areThoseOfTodaysEmbedder_asManyAsTheBudget() {
    try (Fresh fresh = new Fresh()) {
      fresh.steps(12);
      double[] staleness = fresh.staleness();
      long current = Arrays.stream(staleness).filter(distance -> distance < 1e-5).count();
      assertThat(current).as("keys of today's embedder").isBetween(1L, (long) BUDGET);
      assertThat(Arrays.stream(staleness).max().orElseThrow()).as("the stalest").isPositive();
    }
  }

  @Test
  final void noKeyIsFreshened_duringTheWarmup() {
    try (Fresh fresh = new Fresh();
        Fresh twin = new Fresh()) {
      fresh.steps(3);
      for (int i = 0; i < 3; i++) {
        twin.rig.step(); // by a learner that freshens nothing
      }
      assertThat(matrices.elements(fresh.rig.memory.keys(fresh.rig.memory.occupied())))
          .isEqualTo(matrices.elements(twin.rig.memory.keys(twin.rig.memory.occupied())));
    }
  }

  @Test
  final void valuesAndAges_stay() {
    try (Fresh fresh = new Fresh()) {
      fresh.steps(5);
      for (int i = 0; i < 20; i++) {
        int[] named = fresh.rig.retention.choose(SETTING.batch()).toArray();
        Slots others =
            Slots.of(
                IntStream.range(0, 13)
                    .filter(slot -> Arrays.stream(named).noneMatch(n -> n == slot))
                    .toArray());
        double[] values = matrices.elements(fresh.rig.memory.values(others));
        long[] versions = versions(fresh, others);
        fresh.steps(1);
        assertThat(matrices.elements(fresh.rig.memory.values(others)))
            .as("values")
            .isEqualTo(values);
        assertThat(versions(fresh, others)).as("versions").isEqualTo(versions);
        assertThat(matrices.elements(fresh.rig.memory.values(Slots.of(named))))
            .as("values of what was written")
            .isEqualTo(matrices.elements(fresh.rig.values));
      }
    }
  }

  private long[] versions(Fresh fresh, Slots slots) {
    return Arrays.stream(slots.toArray()).mapToLong(fresh.rig.memory::writtenAt).toArray();
  }

  @Test
  final void aStepThatThrows_freshensNothing() {
    try (Fresh fresh = new Fresh();
        Fresh twin = new Fresh()) {
      for (int round = 0; round < 4; round++) {
        fresh.steps(4);
        twin.steps(4);
        List<Object> before = fresh.rig.state();
        fresh.rig.retention.fails = true;
        T observations = matrices.random(4, LearnerRig.OBSERVATION, 0, 1);
        assertThatThrownBy(() -> fresh.learner.step(observations, fresh.rig.values))
            .hasMessage("the policy fails, as it was told to");
        fresh.rig.retention.fails = false;
        Comparisons.assertSameState("the state after it threw", fresh.rig.state(), before);
      }
      fresh.steps(6);
      twin.steps(6);
      Comparisons.assertSameState(
          "the state in the end, and a twin's", fresh.rig.state(), twin.rig.state());
    }
  }

  @Test
  final void theSameSeedGivesTheSameBits() {
    for (String source : List.of("stored", "decoded")) {
      try (Fresh fresh = new Fresh("anchored-reinstatement", Optional.of(source));
          Fresh twin = new Fresh("anchored-reinstatement", Optional.of(source))) {
        fresh.steps(20);
        twin.steps(20);
        Comparisons.assertSameState("the state in the end", fresh.rig.state(), twin.rig.state());
      }
    }
  }
}
