package io.nnem.experiments.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.AgeRange;
import io.nnem.experiments.run.Staleness;
import io.nnem.experiments.stats.Analysis;
import io.nnem.experiments.stats.Comparison;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Csv;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTablesTest {
  private static final Condition NONE = Condition.parse("none");
  private static final Condition EXACT = Condition.parse("exact-reinstatement/decoded");

  @Test
  void summaryLeavesTheIntervalOfOneSeedEmpty() {
    assertThat(
            Csv.of(
                RunReport.SUMMARY_CSV,
                List.of(
                    new Analysis.Summary(
                        EXACT, Estimate.of(new double[] {0.80, 0.85, 0.90}), 1, 3136, 5.25),
                    new Analysis.Summary(NONE, Estimate.of(new double[] {0.5}), 0, 0, 1.23456))))
        .isEqualTo(
            """
            condition,seeds,accuracy_mean,accuracy_low95,accuracy_high95,diverged,\
            retained_bytes_per_memory,step_ms
            exact-reinstatement/decoded,3,0.85,0.725793,0.974207,1,3136,5.25
            none,1,0.5,,,0,0,1.235
            """);
  }

  @Test
  void comparisons() {
    assertThat(
            Csv.of(
                RunReport.COMPARISONS_CSV,
                List.of(
                    new Comparison(EXACT, NONE, new Estimate(3, 0.25, -0.0125, 0.5125)),
                    new Comparison(EXACT, NONE, Estimate.of(new double[] {-0.1})))))
        .isEqualTo(
            """
            first,second,seeds,difference_mean,difference_low95,difference_high95
            exact-reinstatement/decoded,none,3,0.25,-0.0125,0.5125
            exact-reinstatement/decoded,none,1,-0.1,,
            """);
  }

  @Test
  void staleness() {
    assertThat(
            Csv.of(
                RunReport.STALENESS_CSV,
                List.of(
                    new Staleness(NONE, 1, 40, new AgeRange(1, 2), 16, 0.99999),
                    new Staleness(EXACT, 2, 40, new AgeRange(3, 5), 32, 0.75))))
        .isEqualTo(
            """
            condition,seed,step,age_from,age_to,memories,cosine
            none,1,40,1,2,16,0.99999
            exact-reinstatement/decoded,2,40,3,5,32,0.75
            """);
  }
}
