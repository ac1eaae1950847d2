package io.nnem.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  /** By hand: ranks 0 1.5 1.5 3 and 3 1 2 0 have covariance -4.5, variances 4.5 and 5. */
  @Test
  void equalNumbersShareTheirRank() {
    assertThat(RankCorrelation.of(new double[] {1, 5, 5, 7}, new double[] {100, 2, 30, 1}))
        .isCloseTo(-4.5 / Math.sqrt(4.5 * 5), within(1e-12));
  }

  @Test
  void onlyTheOrderCounts() {
    assertThat(RankCorrelation.of(new double[] {1, 2, 3}, new double[] {-9, 0.1, 1e9}))
        .isEqualTo(1);
  }

  @Test
  void whatIsAllTheSameHasNoRanks() {
    assertThat(RankCorrelation.of(new double[] {1, 1}, new double[] {1, 2})).isNaN();
  }

  @Test
  void numbersComeInPairs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankCorrelation.of(new double[2], new double[3]))
        .withMessageContaining("there are 2 and 3");
  }
}
