package io.nnem.experiments.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Reconstruction;
import io.nnem.experiments.run.TrialResult;
import io.nnem.report.table.Csv;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TablesTest {
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
  void reconstructionsAreSorted() {
    assertThat(
            Csv.of(
                Tables.RECONSTRUCTION,
                RunFiles.sorted(
                    List.of(
                        new Reconstruction(
                            Condition.parse("pretraining"), 2, 10, "validation", 90, 0.01, -115.25),
                        new Reconstruction(
                            Condition.parse("pretraining"),
                            1,
                            20,
                            "validation",
                            91,
                            0.02,
                            Double.NaN),
                        new Reconstruction(
                            Condition.parse("pretraining"),
                            1,
                            10,
                            "validation",
                            92,
                            0.03,
                            Double.NaN),
                        new Reconstruction(
                            Condition.parse("pretraining"),
                            1,
                            20,
                            "training",
                            93,
                            0.04,
                            Double.NaN)))))
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
  void divergencesQuoteWhatNeedsIt() {
    assertThat(
            Csv.of(
                Tables.DIVERGENCES,
                List.of(
                    new TrialResult(
                        EXACT,
                        2,
                        List.of(),
                        Optional.of(
                            new TrialResult.Divergence(40, "at chance, \"0.1\", after 0.8")),
                        0,
                        1))))
        .isEqualTo(
            """
            condition,seed,step,reason
            exact-reinstatement/decoded,2,40,"at chance, ""0.1"", after 0.8"
            """);
  }
}
