package io.nnem.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Addressing;
import io.nnem.core.reference.Matrix;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From end to end: whoever gets credit must beat who gets none, on the same data. */
class LearningTest {
  private static final int CAPACITY = 48;
  private static final int STEPS = 1500;
  private static final int SEEDS = 4;

  private static double accuracy(String condition) {
    LearningSettings settings = LearningSettings.paper(200).withAddressing(Addressing.softmax(0.3));
    Map<String, String> options =
        condition.contains("synthetic") || condition.contains("hybrid")
            ? Map.of("synthetic-learning-rate", "0.005")
            : Map.of();
    double sum = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      Small small = new Small(condition, CAPACITY, options, settings, seed, builder -> builder);
      try (MemoryNetwork<Matrix> network = small.network) {
        for (int i = 0; i < STEPS; i++) {
          small.step();
        }
        assertThat(network.steps()).isEqualTo(STEPS);
        sum += small.accuracy();
      }
    }
    return sum / SEEDS;
  }

  @Test
  void withoutCredit_itIsNotFarFromChance() {
    assertThat(accuracy("none")).isLessThan(0.5);
  }

  /** What comes back from decoded keys is worth less, as in the paper; a code does not fade. */
  @ParameterizedTest
  @CsvSource({
    "backprop, 0.9",
    "synthetic-gradient, 0.9",
    "exact-reinstatement/stored, 0.9",
    "approximate-reinstatement/stored, 0.9",
    "anchored-reinstatement/stored, 0.9",
    "exact-reinstatement/code, 0.75",
    "approximate-reinstatement/code, 0.75",
    "exact-reinstatement/decoded, 0.6",
    "anchored-reinstatement/decoded, 0.6",
    "hybrid/decoded, 0.6",
    "choosing-hybrid/decoded, 0.6",
    "approximate-reinstatement/decoded, 0.6"
  })
  void withCredit_itLearns(String condition, double least) {
    assertThat(accuracy(condition)).isGreaterThan(least);
  }
}
