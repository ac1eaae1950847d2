package io.nnem.credit.assigner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nnem.core.EmbedderContext;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Scope;
import io.nnem.core.Seeds;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.core.reference.Matrix;
import io.nnem.core.reference.ReferenceTensors;
import io.nnem.credit.CreditContext;
import io.nnem.credit.Memories;
import io.nnem.memory.Memory;
import io.nnem.memory.Slots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CreditBudgetTest {
  private static final int MEMORIES = 40;
  private static final int SIZE = 3;
  private static final int BUDGET = 12;

  private final ReferenceTensors tensors = new ReferenceTensors();
  private final Scope<Matrix> scope = tensors.newScope();
  private final SplittableRandom random = Seeds.random(7, "credit budget");
  private final Matrix gradient = scope.zeros(MEMORIES, SIZE);
  private final Slots slots = Slots.range(0, MEMORIES);
  private final NetworkEmbedder<Matrix> embedder =
      NetworkEmbedder.perceptron(
          new EmbedderContext<>(
              tensors,
              RowShape.flat(4),
              SIZE,
              List.of(),
              OptimiserSettings.adam(1e-3),
              1,
              Options.none()));
  private final Memory<Matrix> memory = Memories.fifo(tensors, MEMORIES, SIZE, 2);

  /** A few memories get most of the credit, some get none. */
  CreditBudgetTest() {
    for (int row = 0; row < MEMORIES; row++) {
      double length = row < 3 ? 20 : row < 30 ? 1 : 0;
      for (int j = 0; j < SIZE; j++) {
        tensors.set(gradient, row, j, length * random.nextDouble(-1, 1));
      }
    }
  }

  @AfterEach
  void close() {
    memory.close();
    embedder.close();
    scope.close();
  }

  private CreditBudget<Matrix> budget(String memories) {
    return new CreditBudget<>(
        new CreditContext<>(
            tensors,
            embedder,
            memory,
            Optional.empty(),
            1,
            new Options(Map.of("credit-budget", memories))));
  }

  @Test
  void theMeanOverManyDrawsIsTheWholeGradient_andNoDrawIsLargerThanTheBudget() {
    int draws = 20_000;
    double[] sums = new double[MEMORIES * SIZE];
    double[] squares = new double[MEMORIES * SIZE];
    try (CreditBudget<Matrix> budget = budget(Integer.toString(BUDGET))) {
      for (int draw = 0; draw < draws; draw++) {
        CreditBudget.Share<Matrix> share = budget.of(slots, gradient);
        assertThat(share.slots().count()).isBetween(BUDGET - 1, BUDGET);
        assertThat(tensors.rows(share.gradients())).isEqualTo(share.slots().count());
        for (int i = 0; i < share.slots().count(); i++) {
          for (int j = 0; j < SIZE; j++) {
            double g = tensors.get(share.gradients(), i, j);
            sums[share.slots().get(i) * SIZE + j] += g;
            squares[share.slots().get(i) * SIZE + j] += g * g;
          }
        }
        budget.update();
      }
    }
    for (int i = 0; i < sums.length; i++) {
      double mean = sums[i] / draws;
      double error = Math.sqrt(Math.max(0, squares[i] / draws - mean * mean) / draws);
      assertThat(mean)
          .as("element %d", i)
          .isCloseTo(tensors.get(gradient, i / SIZE, i % SIZE), within(5 * error + 1e-6));
    }
  }

  @Test
  void whatGetsMostOfTheCreditIsAlwaysThere_asItIs() {
    try (CreditBudget<Matrix> budget = budget(Integer.toString(BUDGET))) {
      for (int draw = 0; draw < 50; draw++) {
        CreditBudget.Share<Matrix> share = budget.of(slots, gradient);
        for (int i = 0; i < 3; i++) {
          assertThat(share.slots().get(i)).isEqualTo(i);
          for (int j = 0; j < SIZE; j++) {
            assertThat(tensors.get(share.gradients(), i, j))
                .isCloseTo(tensors.get(gradient, i, j), within(1e-5));
          }
        }
        budget.update();
      }
    }
  }

  @Test
  void aStepThatIsTakenBackDrawsTheSame_andEveryOtherDrawIsAnotherOne() {
    try (CreditBudget<Matrix> budget = budget(Integer.toString(BUDGET))) {
      Slots first = budget.of(slots, gradient).slots();
      Slots second = budget.of(slots, gradient).slots();
      budget.discard();
      assertThat(budget.of(slots, gradient).slots()).isEqualTo(first).isNotEqualTo(second);
      assertThat(budget.of(slots, gradient).slots()).isEqualTo(second);
      budget.update();
      assertThat(budget.of(slots, gradient).slots()).isNotIn(first, second);
    }
  }

  @Test
  void withoutABudget_orWithRoomForAll_nothingIsDrawn() {
    for (String memories : List.of("0", "40", "1000")) {
      try (CreditBudget<Matrix> budget = budget(memories)) {
        CreditBudget.Share<Matrix> share = budget.of(slots, gradient);
        assertThat(share.slots()).isSameAs(slots);
        assertThat(share.gradients()).isSameAs(gradient);
      }
    }
  }

  /** Also where it stands in a row that would not have been drawn. */
  @Test
  void noCreditIsNone_andNotANumberStaysVisible() {
    try (CreditBudget<Matrix> budget = budget(Integer.toString(BUDGET))) {
      tensors.set(gradient, 39, 0, Double.NaN);
      assertThat(budget.of(slots, gradient).unit()).isNaN();
      Matrix share = budget.of(slots, gradient).gradients();
      assertThat(tensors.dot(share, share)).isNaN();
      tensors.fill(0, gradient);
      share = budget.of(slots, gradient).gradients();
      assertThat(tensors.dot(share, share)).isZero();
    }
  }

  @Test
  void aBudgetBelowZeroIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> budget("-1"))
        .withMessage("Option credit-budget must be a whole number, 0 or more, but it is '-1'.");
  }
}
