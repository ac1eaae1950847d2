package io.nnem.experiments.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.capacity.CapacityComparison;
import io.nnem.experiments.capacity.CapacityRow;
import io.nnem.experiments.capacity.CapacitySummary;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.AgeRange;
import io.nnem.experiments.run.Divergence;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Reconstruction;
import io.nnem.experiments.run.Staleness;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.stats.Comparison;
import io.nnem.experiments.stats.SummaryRow;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Csv;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TablesTest {
  private static final Condition NONE = Condition.parse("none");
  private static final Condition EXACT = Condition.parse("exact-reinstatement/decoded");

  private final Locale locale = Locale.getDefault();

  @BeforeEach
  void aLocaleWithDecimalCommas() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void asBefore() {
    Locale.setDefault(locale);
  }

  @Test
  void metrics() {
    assertThat(
            Csv.of(
                Tables.METRICS,
                List.of(
                    new Measurement("none", 1, 0, "validation", 0.1, 2.302585093),
                    new Measurement("none", 1, 100, "validation", 2.0 / 3, 1.5e-9),
                    new Measurement("none", 1, 200, "validation", Double.NaN, Double.NaN),
                    new Measurement("none", 1, 200, "test", 1, 0))))
        .isEqualTo(
            """
            condition,seed,step,split,accuracy,loss
            none,1,0,validation,0.1,2.30259
            none,1,100,validation,0.666667,1.5E-9
            none,1,200,validation,NaN,NaN
            none,1,200,test,1,0
            """);
  }

  @Test
  void capacities() {
    assertThat(
            Csv.of(
                Tables.CAPACITY,
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
                Tables.CAPACITY_SUMMARY,
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
                Tables.CAPACITY_COMPARISONS,
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

  @Test
  void reconstructionsAreSorted() {
    assertThat(
            Csv.of(
                Tables.RECONSTRUCTION,
                RunFiles.sorted(
                    List.of(
                        new Reconstruction("pretraining", 2, 10, "validation", 90, 0.01, -115.25),
                        new Reconstruction(
                            "pretraining", 1, 20, "validation", 91, 0.02, Double.NaN),
                        new Reconstruction(
                            "pretraining", 1, 10, "validation", 92, 0.03, Double.NaN),
                        new Reconstruction(
                            "pretraining", 1, 20, "training", 93, 0.04, Double.NaN)))))
        .isEqualTo(
            """
            condition,seed,step,split,loss,squared_error,elbo
            pretraining,1,20,training,93,0.04,NaN
            pretraining,1,10,validation,92,0.03,NaN
            pretraining,1,20,validation,91,0.02,NaN
            pretraining,2,10,validation,90,0.01,-115.25
            """);
  }

  @Test
  void summaryLeavesTheIntervalOfOneSeedEmpty() {
    assertThat(
            Csv.of(
                Tables.SUMMARY,
                List.of(
                    new SummaryRow(
                        EXACT, Estimate.of(new double[] {0.80, 0.85, 0.90}), 1, 3136, 5.25),
                    new SummaryRow(NONE, Estimate.of(new double[] {0.5}), 0, 0, 1.23456))))
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
                Tables.COMPARISONS,
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
                Tables.STALENESS,
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

  @Test
  void divergencesQuoteWhatNeedsIt() {
    assertThat(
            Csv.of(
                Tables.DIVERGENCES,
                List.of(
                    new TrialResult(
                        EXACT,
                        2,
                        List.of(),
                        Optional.of(new Divergence(40, "at chance, \"0.1\", after 0.8")),
                        0,
                        1))))
        .isEqualTo(
            """
            condition,seed,step,reason
            exact-reinstatement/decoded,2,40,"at chance, ""0.1"", after 0.8"
            """);
  }
}
