package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryRegressorTest {

  /** Rows of three numbers, and a target that the first two decide, of any size and place. */
  private static final class Waves {
    final float[][] rows;
    final float[] targets;

    Waves(int count, double centre, double size, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      rows = new float[count][3];
      targets = new float[count];
      for (int i = 0; i < count; i++) {
        for (int column = 0; column < 3; column++) {
          rows[i][column] = (float) (2 * random.nextDouble() - 1);
        }
        targets[i] = (float) (centre + size * (Math.sin(2 * rows[i][0]) + rows[i][1]));
      }
    }
  }

  private static MemoryRegressor.Builder small() {
    return MemoryRegressor.builder()
        .backend("reference", 1)
        .embedder("mlp", 16)
        .option("embedding-size", "8")
        .option("learning-rate", "0.01")
        .capacity(200);
  }

  @Test
  void learnsNumbers_ofAnySize() {
    for (double size : new double[] {1, 1e-9, 1e12}) {
      Waves training = new Waves(1600, 5 * size, size, 1);
      Waves fresh = new Waves(200, 5 * size, size, 2);
      try (MemoryRegressor regressor = small().build()) {
        regressor.partialFit(training.rows, training.targets);
        assertThat(regressor.score(fresh.rows, fresh.targets))
            .as("targets of size %s", size)
            .isGreaterThan(0.9);
      }
    }
  }

  @Test
  void evidenceNamesTheTargetsThatWereGiven() {
    float[][] rows = {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}};
    float[][] targets = {{1000, -3}, {1001, 0}, {1002.5f, 3}};
    try (MemoryRegressor regressor = small().build()) {
      regressor.partialFit(rows, targets);
      Estimate estimate = regressor.predict(rows[2]);
      assertThat(estimate.evidence()).hasSize(3);
      Estimate.Evidence first = estimate.evidence().get(0);
      assertThat(first.slot()).isEqualTo(2);
      assertThat(first.similarity()).isCloseTo(1, within(1e-6)).isEqualTo(estimate.familiarity());
      for (Estimate.Evidence evidence : estimate.evidence()) {
        for (int i = 0; i < 2; i++) {
          assertThat(evidence.values().get(i)).isCloseTo(targets[evidence.slot()][i], within(1e-4));
        }
      }
      assertThat(estimate.value()).isBetween(1000.0, 1002.5);
      assertThat(estimate.values()).hasSize(2);
    }
  }

  @Test
  void targetsThatCannotBeUsed_areRefused() {
    float[][] rows = {{1}, {2}};
    try (MemoryRegressor regressor = small().build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> regressor.partialFit(rows, new float[] {1, Float.NaN}))
          .withMessageContaining("Row 1")
          .withMessageContaining("NaN");
      regressor.partialFit(rows, new float[] {4, 4});
      assertThat(regressor.predict(rows[0]).value()).isEqualTo(4);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> regressor.partialFit(rows, new float[][] {{1}, {1, 2}}))
          .withMessageContaining("Row 1 (counted from 0) has 2 targets, but must have 1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> regressor.partialFit(rows, new float[] {1}))
          .withMessageContaining("2 rows");
    }
  }
}
