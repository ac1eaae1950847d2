package io.nnem.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
  /** Published tables. */
  @ParameterizedTest
  @CsvSource({
    "1, 12.7062",
    "2, 4.30265",
    "3, 3.18245",
    "4, 2.77645",
    "9, 2.26216",
    "19, 2.09302",
    "30, 2.04227",
    "100, 1.98397",
    "1000000, 1.95997"
  })
  void agreesWithTables(int degrees, double expected) {
    assertThat(Estimate.student(degrees)).isCloseTo(expected, within(6e-5));
  }

  @Test
  void oneAndTwoDegreesHaveClosedForms() {
    double cauchy = Math.tan(Math.PI * 0.475);
    assertThat(Estimate.student(1)).isCloseTo(cauchy, within(1e-9 * cauchy));
    double two = 0.95 / Math.sqrt(2 * 0.975 * 0.025);
    assertThat(Estimate.student(2)).isCloseTo(two, within(1e-9 * two));
  }

  @Test
  void ofTwoValuesTheirRangeIsDrawn() {
    Estimate drawn = Estimate.of(new double[] {0.5, 0.75}).drawn();

    assertThat(drawn.low95()).isCloseTo(0.5, within(1e-12));
    assertThat(drawn.high95()).isCloseTo(0.75, within(1e-12));
    Estimate three = Estimate.of(new double[] {0.80, 0.85, 0.90});
    assertThat(three.drawn()).isEqualTo(three);
  }

  @Test
  void differencesArePaired_whateverTheOrder() {
    Estimate difference =
        Estimate.ofDifferences(
            List.of("a5", "b7", "c9"),
            List.of("c1", "a3"),
            text -> text.charAt(0),
            text -> text.charAt(1) - '0');

    assertThat(difference.count()).as("b has no partner").isEqualTo(2);
    assertThat(difference.mean()).isEqualTo((2 + 8) / 2.0);
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
