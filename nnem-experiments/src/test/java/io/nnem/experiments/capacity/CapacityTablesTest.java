package io.nnem.experiments.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.config.Condition;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Csv;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityTablesTest {
  private static final Condition NONE = Condition.parse("none");
  private static final Condition EXACT = Condition.parse("exact-reinstatement/decoded");

  @Test
  void capacities() {
    assertThat(
            Csv.of(
                CapacityReport.CAPACITY_CSV,
                List.of(
                    new CapacityRow(NONE, 500, 1, 2.0 / 3, 168, 0, 1.23456, false),
                    new CapacityRow(
                        EXACT.with("batch", "8"), 32_000, 2, 0, 3304, 3136, Double.NaN, true))))
        .isEqualTo(
            """
            condition,capacity,seed,accuracy,bytes_per_memory,step_ms,diverged
            none,500,1,0.666667,168,1.235,false
            exact-reinstatement/decoded+batch=8,32000,2,0,3304,NaN,true
            """);
    assertThat(
            Csv.of(
                CapacityReport.SUMMARY_CSV,
                List.of(
                    new CapacitySummary(
                        NONE, 500, Estimate.of(new double[] {0.5, 0.75}), 1, 168, 0, 1.5),
                    new CapacitySummary(
                        EXACT, 2000, Estimate.of(new double[] {0.5}), 0, 168, 0, Double.NaN))))
        .isEqualTo(
            """
            condition,capacity,seeds,mean,low95,high95,diverged,bytes_per_memory,step_ms
            none,500,2,0.625,-0.963276,2.213276,1,168,1.5
            exact-reinstatement/decoded,2000,1,0.5,,,0,168,NaN
            """);
    assertThat(
            Csv.of(
                CapacityReport.COMPARISONS_CSV,
                List.of(
                    new CapacityComparison(
                        NONE, EXACT, 500, Estimate.of(new double[] {-0.25}), 32))))
        .isEqualTo(
            """
            capacity,condition,reference,seeds,difference_mean,difference_low95,\
            difference_high95,kept_bytes_per_memory
            500,none,exact-reinstatement/decoded,1,-0.25,,,32
            """);
  }
}
