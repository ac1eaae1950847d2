package io.nnem.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nnem.core.ForwardPass;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.reference.Matrix;
import io.nnem.credit.freshening.ReembeddingFreshener;
import io.nnem.credit.freshening.RoundRobin;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.Retention;
import io.nnem.memory.Slots;
import io.nnem.memory.retention.LeastRead;
import io.nnem.memory.store.FixedCapacityStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreshenerTest {
  private final Small small = Small.of("approximate-reinstatement/decoded");
  private final Reinstatement<Matrix> decoded =
      Plugins.load(ReinstatementProvider.class)
          .get("decoded")
          .create(
              new ReinstatementContext<>(
                  small.tensors,
                  24,
                  Small.OBSERVATION,
                  Optional.of(small.decoder),
                  Options.none()));

  private Freshener<Matrix> freshener(Freshening policy, int budget) {
    return new ReembeddingFreshener<>(
        small.tensors, small.embedder, small.memory, decoded, policy, budget);
  }

  private MemoryLearner<Matrix> learner(CreditAssigner<Matrix> assigner, Freshening policy) {
    return new MemoryLearner<>(
        small.tensors,
        small.embedder,
        small.memory,
        assigner,
        small.decoder,
        LearnerSettings.classification(0),
        freshener(policy, 4));
  }

  @Test
  void theBudgetMustBeOne_orMore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> freshener(new RoundRobin(), 0))
        .withMessage(
            "The budget of freshening must be 1 key a step or more, but is 0; to freshen nothing,"
                + " leave the freshener out.");
  }

  @Test
  void aPolicyThatChoosesAnotherNumber_failsTheStep_whichLeavesNoTrace() {
    Freshening wrong =
        new Freshening() {
          @Override
          public Slots choose(int count, int size, long version) {
            return Slots.of(0);
          }

          @Override
          public void renewed(Slots slots, long version, boolean freshened) {}
        };
    MemoryLearner<Matrix> learner = learner(small.assigner, wrong);
    small.next();
    learner.step(small.observations, small.values); // nothing is read yet, nor freshened
    double[] embedder = small.embedderParameters();
    double[] decoder = small.decoderParameters();
    assertThatIllegalStateException()
        .isThrownBy(() -> learner.step(small.observations, small.values))
        .withMessage(
            "The freshening policy "
                + wrong.getClass().getName()
                + " chose Slots[0..0] where 4 slots were asked for.");
    assertThat(small.embedderParameters()).isEqualTo(embedder);
    assertThat(small.decoderParameters()).isEqualTo(decoder);
    assertThat(small.memory.size()).isEqualTo(8);
  }

  /** The assigner hears of it after the write, with the pass that made the new keys. */
  @Test
  void theAssignerHearsOfFreshKeys_butNotOfThoseThatTheStepWrote() {
    List<Slots> heard = new ArrayList<>();
    CreditAssigner<Matrix> listening =
        new CreditAssigner<>() {
          @Override
          public Recollection<Matrix> recall(Slots slots) {
            return small.assigner.recall(slots);
          }

          @Override
          public void assign(Recollection<Matrix> recalled, Matrix weights, Matrix gradient) {}

          @Override
          public void freshened(Slots slots, ForwardPass<Matrix> pass) {
            heard.add(slots);
            assertThat(small.elements(pass.output()))
                .as("the pass, and the keys")
                .isEqualTo(small.elements(small.memory.keys(slots)));
          }

          @Override
          public long retainedBytes() {
            return 0;
          }

          @Override
          public void close() {}
        };
    MemoryLearner<Matrix> learner = learner(listening, new RoundRobin());
    for (int i = 0; i < 5; i++) {
      small.next();
      learner.step(small.observations, small.values);
    }
    // The first step reads nothing. The fifth takes slots 8 to 15 itself, when 12 to 15 are in
    // turn.
    assertThat(heard).containsExactly(Slots.range(0, 4), Slots.range(4, 8), Slots.range(8, 12));
    learner.step(small.observations, small.values);
    assertThat(heard).hasSize(4).endsWith(Slots.range(12, 16));
  }

  /** Retention hears of readings, of those memories only that are there still. */
  @Test
  void theRetentionPolicyIsTold_whatWasRead() {
    List<String> told = new ArrayList<>();
    LeastRead policy = new LeastRead(12, 0.9);
    MemoryStore<Matrix> memory =
        new FixedCapacityStore<>(
            small.tensors,
            12,
            Small.EMBEDDING,
            Small.CLASSES,
            new Retention() {
              @Override
              public Slots choose(int count) {
                return policy.choose(count);
              }

              @Override
              public void written(Slots slots) {
                told.add("written " + slots.count());
                policy.written(slots);
              }

              @Override
              public boolean usesReads() {
                return true;
              }

              @Override
              public void read(Slots slots, double[] weights) {
                double sum = Arrays.stream(weights).sum();
                told.add("read " + slots.count() + (sum > 0 && sum <= 8.0001 ? " well" : " badly"));
                policy.read(slots, weights);
              }
            });
    CreditAssigner<Matrix> none =
        Plugins.load(CreditAssignerProvider.class)
            .get("none")
            .create(
                new CreditContext<>(
                    small.tensors, small.embedder, memory, Optional.empty(), 1, Options.none()));
    MemoryLearner<Matrix> learner =
        new MemoryLearner<>(
            small.tensors,
            small.embedder,
            memory,
            none,
            small.decoder,
            LearnerSettings.classification(0));
    for (int i = 0; i < 3; i++) {
      small.next();
      learner.step(small.observations, small.values);
    }
    assertThat(told)
        .containsExactly("written 8", "written 8", "read 4 well", "written 8", "read 4 well");
  }
}
