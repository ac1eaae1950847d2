package io.nnem.experiments.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {
  /** Published tables. */
  @ParameterizedTest
  @CsvSource({
    "0.975, 1, 12.7062", "0.975, 2, 4.30265", "0.975, 3, 3.18245", "0.975, 4, 2.77645",
    "0.975, 9, 2.26216", "0.975, 19, 2.09302", "0.975, 30, 2.04227", "0.975, 100, 1.98397",
    "0.975, 1000000, 1.95997", "0.95, 5, 2.01505", "0.995, 1, 63.6567", "0.999, 10, 4.14370"
  })
  void agreesWithTables(double probability, int degrees, double expected) {
    assertThat(StudentT.quantile(probability, degrees)).isCloseTo(expected, within(6e-5));
    assertThat(StudentT.quantile(1 - probability, degrees)).isCloseTo(-expected, within(6e-5));
  }

  @Test
  void oneAndTwoDegreesHaveClosedForms() {
    for (double p : new double[] {0.6, 0.9, 0.99, 0.9999}) {
      double cauchy = Math.tan(Math.PI * (p - 0.5));
      assertThat(StudentT.quantile(p, 1)).isCloseTo(cauchy, within(1e-9 * cauchy));
      double two = (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
      assertThat(StudentT.quantile(p, 2)).isCloseTo(two, within(1e-9 * two));
    }
    assertThat(StudentT.cumulative(0, 7)).isEqualTo(0.5);
  }

  @Test
  void impossibleArgumentsAreErrors() {
    assertThatThrownBy(() -> StudentT.quantile(1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("probability must be in (0, 1), but is 1.0");
    assertThatThrownBy(() -> StudentT.quantile(0.9, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("degrees must be at least 1, but is 0");
  }

  @Test
  void anEstimateOfThreeValues() {
    Estimate estimate = Estimate.of(new double[] {0.80, 0.85, 0.90});

    // s = 0.05, so half the width is 4.30265 * 0.05 / sqrt(3)
    assertThat(estimate.mean()).isCloseTo(0.85, within(1e-12));
    assertThat(estimate.halfWidth()).isCloseTo(0.124207, within(1e-6));
    assertThat(estimate.low95()).isCloseTo(0.725793, within(1e-6));
  }

  @Test
  void anEstimateOfOneValueHasNoInterval() {
    Estimate estimate = Estimate.of(new double[] {0.8});

    assertThat(estimate.hasInterval()).isFalse();
    assertThat(estimate.mean()).isEqualTo(0.8);
    assertThat(estimate.low95()).isNaN();
    assertThat(estimate.high95()).isNaN();
  }
}
