package io.nnem.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.GrowingRows;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.Tensors;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.KeyRefresherProvider;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every refresher of keys must do: bring keys nearer to what today's embedder makes of their
 * observations, rewrite keys and nothing else, and only in steps that succeed.
 *
 * @param <T> the matrix type of the back end that it is tested on
 */
public abstract class KeyRefresherContract<T> {

  private static final Setting SETTING = new Setting(13, 4, 3, true);

  private Matrices<T> matrices;

  /** For subclasses. */
  protected KeyRefresherContract() {}

  /**
   * The back end to test on.
   *
   * @return any; the reference will do
   */
  protected abstract Tensors<T> tensors();

  /**
   * The refresher's provider.
   *
   * @return the provider under test
   */
  protected abstract KeyRefresherProvider provider();

  /**
   * Settings of its own.
   *
   * @return none unless overridden
   */
  protected Options optionValues() {
    return Options.none();
  }

  @BeforeEach
  final void open() {
    matrices = new Matrices<>(tensors(), "refreshing");
  }

  @AfterEach
  final void close() {
    matrices.close();
  }

  private LearnerRig<T> rig(String assigner, String source) {
    return rig(
        assigner,
        source,
        builder -> {
          optionValues().values().forEach(builder::option);
          return builder.refresher(provider());
        });
  }

  private LearnerRig<T> rig(
      String assigner, String source, UnaryOperator<MemoryNetworkBuilder<T>> otherwise) {
    return new LearnerRig<>(
        matrices.tensors,
        Plugins.load(CreditAssignerProvider.class).get(assigner),
        Optional.of(Plugins.load(ReinstatementProvider.class).get(source)),
        Options.none(),
        SETTING,
        otherwise);
  }

  private LearnerRig<T> rig() {
    return rig("approximate-reinstatement", "stored");
  }

  /** How far each key is from what the embedder would write today. */
  private double[] staleness(LearnerRig<T> rig) {
    Slots all = rig.memory.occupied();
    T fresh = matrices.zeros(all.count(), LearnerRig.EMBEDDING);
    try (GrowingRows<T> room = new GrowingRows<>(matrices.tensors, LearnerRig.OBSERVATION)) {
      rig.embedder.embed(rig.reinstatement.observations(all, rig.keys(all), room), fresh);
    }
    double[] now = matrices.elements(fresh);
    double[] stored = matrices.elements(rig.keys(all));
    double[] distances = new double[all.count()];
    for (int i = 0; i < now.length; i++) {
      distances[i / LearnerRig.EMBEDDING] += Math.abs(now[i] - stored[i]);
    }
    return distances;
  }

  @Test
  final void keysAreLessStale_thanWithoutIt() {
    try (LearnerRig<T> rig = rig();
        LearnerRig<T> left = rig("approximate-reinstatement", "stored", builder -> builder)) {
      double fresh = 0;
      double stale = 0;
      for (int i = 0; i < 40; i++) {
        rig.step();
        left.step();
        fresh += i < 10 ? 0 : Arrays.stream(staleness(rig)).sum();
        stale += i < 10 ? 0 : Arrays.stream(staleness(left)).sum();
      }
      assertThat(fresh)
          .as("staleness, as against that of keys which nobody rewrites")
          .isLessThan(stale);
    }
  }

  @Test
  final void noKeyIsRewritten_duringTheWarmup() {
    try (LearnerRig<T> rig = rig();
        LearnerRig<T> left = rig("approximate-reinstatement", "stored", builder -> builder)) {
      rig.steps(3);
      left.steps(3);
      assertThat(matrices.elements(rig.keys(rig.memory.occupied())))
          .as("keys after the warm-up")
          .isEqualTo(matrices.elements(left.keys(left.memory.occupied())));
    }
  }

  @Law(
      number = 6,
      holds =
          "fresh keys change neither values nor ages, nor a key that the same step has just written")
  final void valuesAgesAndWhatTheStepWrites_stay() {
    try (LearnerRig<T> rig = rig()) {
      rig.steps(5);
      for (int i = 0; i < 20; i++) {
        Slots named = rig.nextSlots();
        int[] kept =
            IntStream.range(0, 13)
                .filter(slot -> Arrays.stream(named.toArray()).noneMatch(n -> n == slot))
                .toArray();
        Slots others = Slots.of(kept);
        double[] values = matrices.elements(rig.values(others));
        long[] versions = Arrays.stream(kept).mapToLong(rig.memory::writtenAt).toArray();
        rig.next();
        T written = matrices.zeros(SETTING.batch(), LearnerRig.EMBEDDING);
        rig.embedder.embed(rig.observations, written);
        rig.network.step(rig.observations, rig.values);
        assertThat(matrices.elements(rig.values(others))).as("values").isEqualTo(values);
        assertThat(Arrays.stream(kept).mapToLong(rig.memory::writtenAt).toArray())
            .as("versions")
            .isEqualTo(versions);
        assertThat(matrices.elements(rig.values(named)))
            .as("values of what was written")
            .isEqualTo(matrices.elements(rig.values));
        assertThat(matrices.elements(rig.keys(named)))
            .as("keys that the step itself wrote")
            .isEqualTo(matrices.elements(written));
      }
    }
  }

  @Law(number = 4, holds = "keys are replaced by a step that was committed, or not at all")
  final void aStepThatThrows_rewritesNothing() {
    try (LearnerRig<T> rig = rig();
        LearnerRig<T> twin = rig()) {
      for (int round = 0; round < 4; round++) {
        rig.steps(4);
        twin.steps(4);
        List<Object> before = rig.state();
        rig.eviction.fails = true;
        T observations = matrices.random(4, LearnerRig.OBSERVATION, 0, 1);
        assertThatThrownBy(() -> rig.network.step(observations, rig.values))
            .hasMessage("the policy fails, as it was told to");
        rig.eviction.fails = false;
        Comparisons.assertSameState("the state after a step that threw", rig.state(), before);
      }
      rig.steps(6);
      twin.steps(6);
      Comparisons.assertSameState("the state in the end, and a twin's", rig.state(), twin.state());
    }
  }

  @Law(number = 5, holds = "keys of the steps that follow")
  final void theSameSeedGivesTheSameBits_savedAndLoadedToo() {
    for (String source : List.of("stored", "decoded")) {
      try (LearnerRig<T> rig = rig("anchored-reinstatement", source);
          LearnerRig<T> twin = rig("anchored-reinstatement", source);
          LearnerRig<T> loaded = rig("anchored-reinstatement", source)) {
        rig.steps(20);
        twin.steps(20);
        Comparisons.assertSameState("a twin's state", twin.state(), rig.state());
        IntStream.range(0, 20).forEach(i -> loaded.next()); // the stream of all goes on alike
        SavedState.of(rig.network).loadInto(loaded.network);
        rig.steps(17);
        loaded.steps(17);
        Comparisons.assertSameState(
            "the state 17 steps after loading", loaded.state(), rig.state());
      }
    }
  }

  /** Memories that come and go between its calls are none of its business. */
  @Test
  final void clearedSlots_areLeftAlone() {
    try (LearnerRig<T> rig = rig()) {
      rig.steps(8);
      rig.network.clear(Slots.of(0, 5, 6));
      rig.steps(3);
      rig.network.clear(Slots.range(1, 12));
      rig.steps(5);
      assertThat(rig.memory.size()).as("memories in use").isEqualTo(13);
    }
  }

  @Law(number = 7, holds = "a name that can be asked for; options that are set are listed")
  final void hasAName_andOptionsWithNames() {
    Names.check(provider(), optionValues());
  }
}
