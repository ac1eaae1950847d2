package io.nnem.experiments.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nnem.experiments.capacity.CapacityComparison.Verdict;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CapacityAnalysisTest {
  private static final String STORED = "exact-reinstatement/stored";
  private static final String START = "+pretrain-steps=9";
  private static final String CODE =
      "exact-reinstatement/code+options.code-bits=8+pretrain-steps=9+pretrained-parts=none";

  private final List<TrialResult> results = new ArrayList<>();

  @Test
  void aMemoryCostsKeyValueAndWhatIsKeptBesideThem() {
    add("none+embedding-size=8", 500, 1, 0.5, 0, 1);
    add(STORED, 500, 1, 0.9, 3136, 2);

    assertThat(analyse("none+embedding-size=8," + STORED).rows())
        .containsExactly(
            new CapacityRow(
                Condition.parse("none+embedding-size=8"), 500, 1, 0.5, 4 * (8 + 10), 0, 1, false),
            new CapacityRow(Condition.parse(STORED), 500, 1, 0.9, 4 * 42 + 3136, 3136, 2, false));
  }

  @Test
  void whatHasNoMemoryCostsNoneOfItsBytes() {
    add("classifier", 500, 1, 0.9, 0, 1);
    assertThat(analyse("classifier").rows().get(0).bytesPerMemory()).isZero();
  }

  @Test
  void rowsAreByConditionCapacityAndSeedHoweverTheyCame() {
    add(STORED, 2000, 2, 0.9, 0, 1);
    add("none", 2000, 1, 0.9, 0, 1);
    add("none", 500, 2, 0.9, 0, 1);
    add("none", 500, 1, 0.9, 0, 1);

    assertThat(analyse("none," + STORED).rows())
        .extracting(row -> row.condition() + " " + row.capacity() + " " + row.seed())
        .containsExactly("none 500 1", "none 500 2", "none 2000 1", STORED + " 2000 2");
  }

  @Test
  void aDivergedTrialCountsWithItsLastFiniteAccuracy() {
    Condition at = Condition.parse("none").with("capacity", "500");
    results.add(
        new TrialResult(
            at,
            1,
            List.of(
                new Measurement(at.name(), 1, 10, Measurement.VALIDATION, 0.4, 1),
                new Measurement(at.name(), 1, 20, Measurement.VALIDATION, Double.NaN, 1)),
            Optional.of(new TrialResult.Divergence(20, "NaN")),
            0,
            Double.NaN));
    add("none", 500, 2, 0.6, 0, 3);
    CapacitySummary summary = analyse("none").summaries().get(0);

    assertThat(summary.accuracy().mean()).isCloseTo(0.5, within(1e-12));
    assertThat(summary.diverged()).isEqualTo(1);
    assertThat(summary.stepMillis()).as("of the other").isEqualTo(3);
  }

  @Test
  void theTimeOfAStepIsTheMedian() {
    for (int seed = 1; seed <= 3; seed++) {
      add("none", 500, seed, 0.5, 0, seed == 2 ? 100 : seed);
    }
    assertThat(analyse("none").summaries().get(0).stepMillis()).isEqualTo(3);
    add("none", 500, 4, 0.5, 0, 5);
    assertThat(analyse("none").summaries().get(0).stepMillis()).isEqualTo(4);
  }

  @Test
  void theReferenceHasTheSameStart() {
    String conditions =
        String.join(
            ",",
            "none",
            CODE,
            "exact-reinstatement/decoded" + START + "+decoder-learning=fixed",
            "exact-reinstatement/decoded+decoder-hidden=8",
            "none+embedder=random-projection",
            STORED + START,
            STORED);
    for (String condition : conditions.split(",", -1)) {
      add(condition, 500, 1, 0.5, 0, 1);
    }
    assertThat(analyse(conditions).comparisons())
        .extracting(each -> each.condition() + " " + each.reference())
        .containsExactly(
            "none " + STORED,
            CODE + " " + STORED,
            "exact-reinstatement/decoded" + START + "+decoder-learning=fixed " + STORED + START,
            "exact-reinstatement/decoded+decoder-hidden=8 " + STORED,
            "none+embedder=random-projection " + STORED);
  }

  @Test
  void differencesArePairedBySeedAndByCapacity() {
    for (int seed = 1; seed <= 3; seed++) {
      add(STORED, 500, seed, 0.9 + 0.01 * seed, 3136, 1);
      add("none", 500, seed, 0.895 + 0.01 * seed, 7, 1);
      add("none", 2000, seed, 0.1, 7, 1);
    }
    add("none", 500, 4, 0.1, 7, 1);
    List<CapacityComparison> comparisons = analyse("none," + STORED).comparisons();

    assertThat(comparisons).hasSize(1);
    assertThat(comparisons.get(0).capacity()).isEqualTo(500);
    assertThat(comparisons.get(0).keptBytes()).isEqualTo(7);
    assertThat(comparisons.get(0).difference().count()).isEqualTo(3);
    assertThat(comparisons.get(0).difference().mean()).isCloseTo(-0.005, within(1e-12));
    assertThat(comparisons.get(0).verdict()).isEqualTo(Verdict.NEAR);
  }

  @Test
  void verdictsSayWhatTheIntervalSays() {
    assertThat(verdict(-0.005, -0.005, -0.005)).isEqualTo(Verdict.NEAR);
    assertThat(verdict(0.02, 0.03, 0.04)).isEqualTo(Verdict.NEAR);
    assertThat(verdict(-0.03, 0.02, 0.01)).isEqualTo(Verdict.NEAR_ON_AVERAGE);
    assertThat(verdict(-0.04, 0, -0.01)).isEqualTo(Verdict.FAR_ON_AVERAGE);
    assertThat(verdict(-0.05, -0.051, -0.052)).isEqualTo(Verdict.FAR);
    assertThat(verdict(0.1)).as("one seed").isEqualTo(Verdict.NEAR_ON_AVERAGE);
    assertThat(verdict(-0.1)).as("one seed").isEqualTo(Verdict.FAR_ON_AVERAGE);
  }

  private Verdict verdict(double... differences) {
    results.clear();
    for (int i = 0; i < differences.length; i++) {
      add(STORED, 500, i, 0.5, 0, 1);
      add("none", 500, i, 0.5 + differences[i], 0, 1);
    }
    return analyse("none," + STORED).comparisons().get(0).verdict();
  }

  private void add(
      String condition, int capacity, long seed, double accuracy, long kept, double millis) {
    Condition at = Condition.parse(condition).with("capacity", String.valueOf(capacity));
    results.add(
        new TrialResult(
            at,
            seed,
            List.of(
                new Measurement(at.name(), seed, 10, Measurement.VALIDATION, 0.1, 1),
                new Measurement(at.name(), seed, 20, Measurement.VALIDATION, accuracy, 1),
                new Measurement(at.name(), seed, 20, Measurement.TEST, 0.99, 1)),
            Optional.empty(),
            kept,
            millis));
  }

  private CapacityAnalysis analyse(String conditions) {
    ExperimentConfig config = new ConfigResolver("").set("conditions=" + conditions).resolve();
    return CapacityAnalysis.of(results, config, 10);
  }
}
