package io.nnem.credit.assigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.GrowingRows;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.Plugins;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Memories;
import io.nnem.credit.RecalledKeys;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.Memory;
import io.nnem.memory.NewKeys;
import io.nnem.memory.Slots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HybridTest {
  private static final int CAPACITY = 8;
  private static final int BATCH = 4;

  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();

  /** An embedder and a full memory that are the same for each, and some steps of an assigner. */
  private final class Run {
    final SplittableRandom random = Seeds.random(5, "hybrid");
    final Embedder<Matrix> embedder =
        NetworkEmbedder.perceptron(
            new EmbedderContext<>(
                tensors,
                RowShape.flat(3),
                2,
                List.of(),
                OptimiserSettings.sgd(1),
                1,
                Options.none()));
    final Memory<Matrix> memory = Memories.fifo(tensors, CAPACITY, 2, 2);
    final CreditAssigner<Matrix> assigner;
    final ForwardPass<Matrix> pass = embedder.newPass(BATCH);

    Run(Function<CreditContext<Matrix>, CreditAssigner<Matrix>> made, Map<String, String> options) {
      this(made, options, Reinstated.TRUE);
    }

    Run(
        Function<CreditContext<Matrix>, CreditAssigner<Matrix>> made,
        Map<String, String> options,
        Reinstated reinstated) {
      Reinstatement<Matrix> stored =
          Plugins.load(ReinstatementProvider.class)
              .get("stored")
              .create(
                  new ReinstatementContext<>(
                      tensors, memory, 3, Optional.empty(), Optional.empty(), Options.none()));
      Reinstatement<Matrix> source = reinstated.of(tensors, stored);
      memory.addListener(source);
      assigner =
          made.apply(
              new CreditContext<>(
                  tensors, embedder, memory, Optional.of(source), 1, new Options(options)));
      memory.addListener(assigner);
    }

    /** A step; returns what the assigner added to the embedder's gradients in it. */
    double[] step() {
      embedder.forward(random(BATCH, 3), pass);
      Matrix values = random(BATCH, 2);
      embedder.clearGradients();
      if (memory.size() > 0) {
        RecalledKeys<Matrix> recalled = assigner.recall(memory.occupied());
        int n = recalled.slots().count();
        assigner.assign(recalled, random(n, 1), random(n, 2));
        Matrix gradient = scope.zeros(BATCH, 2);
        if (assigner.embedded(pass, values, gradient)) {
          embedder.backward(pass, gradient);
        }
      }
      double[] added = elements(embedder.parameters().get(0).gradient());
      memory.write(NewKeys.of(pass), values, 0);
      assigner.update();
      return added;
    }

    double[] steps(int count) {
      double[] last = step();
      for (int i = 1; i < count; i++) {
        last = step();
      }
      return last;
    }

    Matrix random(int rows, int columns) {
      Matrix matrix = scope.zeros(rows, columns);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          tensors.set(matrix, i, j, random.nextDouble(-1, 1));
        }
      }
      return matrix;
    }
  }

  /** What comes back: the observation, or its opposite, which embeds nowhere near. */
  private enum Reinstated {
    TRUE,
    OPPOSITE;

    Reinstatement<Matrix> of(ReferenceTensors tensors, Reinstatement<Matrix> right) {
      if (this == TRUE) {
        return right;
      }
      return new Reinstatement<>() {
        private Matrix opposite(Matrix observations) {
          Matrix out = tensors.newScope().zeros(tensors.rows(observations), 3);
          tensors.addScaled(-1, observations, out);
          return out;
        }

        @Override
        public Matrix observations(Slots slots, Matrix keys, GrowingRows<Matrix> room) {
          return opposite(right.observations(slots, keys, room));
        }

        @Override
        public Optional<Matrix> foresee(
            Matrix keys, Matrix observations, GrowingRows<Matrix> room) {
          return Optional.of(opposite(observations));
        }

        @Override
        public void onWrite(Slots slots, NewKeys<Matrix> keys, Matrix values) {
          right.onWrite(slots, keys, values);
        }

        @Override
        public void save(StateWriter out) {
          right.save(out);
        }

        @Override
        public void load(StateReader in) {
          right.load(in);
        }

        @Override
        public long retainedBytes() {
          return right.retainedBytes();
        }

        @Override
        public void close() {
          right.close();
        }
      };
    }
  }

  private double[] elements(Matrix matrix) {
    double[] elements = new double[tensors.rows(matrix) * tensors.columns(matrix)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = tensors.get(matrix, i / tensors.columns(matrix), i % tensors.columns(matrix));
    }
    return elements;
  }

  @Test
  void theCredit_isTheWeightedSumOfItsParents() {
    double[] synthetic = new Run(SyntheticGradient::new, Map.of()).steps(6);
    double[] anchored = new Run(AnchoredReinstatement::new, Map.of()).steps(6);
    double[] half = new Run(Hybrid::new, Map.of()).steps(6);
    double[] other =
        new Run(
                Hybrid::new,
                Map.of("hybrid-synthetic-weight", "0.2", "hybrid-reinstatement-weight", "0.8"))
            .steps(6);
    for (int i = 0; i < half.length; i++) {
      assertThat(synthetic[i]).isNotZero();
      assertThat(half[i]).isCloseTo(0.5 * synthetic[i] + 0.5 * anchored[i], within(1e-10));
      assertThat(other[i]).isCloseTo(0.2 * synthetic[i] + 0.8 * anchored[i], within(1e-10));
    }
  }

  @Test
  void atWeightsOfOneAndNothing_itIsOneOfItsParents() {
    assertThat(
            new Run(
                    Hybrid::new,
                    Map.of("hybrid-synthetic-weight", "1", "hybrid-reinstatement-weight", "0"))
                .steps(6))
        .isEqualTo(new Run(SyntheticGradient::new, Map.of()).steps(6));
    assertThat(
            new Run(
                    Hybrid::new,
                    Map.of("hybrid-synthetic-weight", "0", "hybrid-reinstatement-weight", "1"))
                .steps(6))
        .isEqualTo(new Run(AnchoredReinstatement::new, Map.of()).steps(6));
  }

  @Test
  void weightsAreChecked() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Run(Hybrid::new, Map.of("hybrid-synthetic-weight", "-1")))
        .withMessage(
            "Option hybrid-synthetic-weight must be a finite number, 0 or above, but it is"
                + " '-1'.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Run(ChoosingHybrid::new, Map.of("hybrid-cost", "0")))
        .withMessage("Option hybrid-cost must be a finite number, above 0, but it is '0'.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Run(AnchoredReinstatement::new, Map.of("anchor", "-0.5")))
        .withMessage("Option anchor must be a finite number, 0 or above, but it is '-0.5'.");
  }

  /** What comes back as it was has no mismatch; nothing is better than that. */
  @Test
  void memoriesThatComeBackAsTheyWere_areReinstated() {
    Run run = new Run(ChoosingHybrid::new, Map.of());
    assertThat(run.steps(12)).isEqualTo(new Run(AnchoredReinstatement::new, Map.of()).steps(12));
    assertThat(((ChoosingHybrid<Matrix>) run.assigner).reinstatedShare()).isEqualTo(1);
  }

  /** A mismatch of 1 is never below what a network can be wrong by. */
  @Test
  void memoriesThatDoNotComeBack_getTheirCreditWhenWritten() {
    Run run = new Run(ChoosingHybrid::new, Map.of(), Reinstated.OPPOSITE);
    double[] added = run.steps(12);
    assertThat(((ChoosingHybrid<Matrix>) run.assigner).reinstatedShare()).isZero();
    double[] synthetic = new Run(SyntheticGradient::new, Map.of()).steps(12);
    for (int i = 0; i < added.length; i++) {
      assertThat(added[i]).isCloseTo(synthetic[i], within(1e-12)).isNotZero();
    }
  }
}
