package io.nnem.experiments.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginFailedException;
import io.nnem.experiments.run.AgeRange;
import io.nnem.experiments.run.Bars;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.TrainingRunner;
import io.nnem.experiments.run.TrialResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRunnerTest {
  private static final String UPPER_BOUND = "exact-reinstatement/stored";
  // Warm-up is no update, so at its end all memories are of age 0; later they are of four ranges.
  private static final int ROWS = (1 + 1) + 2 * (1 + 4);
  private static final String[] ALL = {
    "none",
    "backprop",
    "synthetic-gradient",
    "exact-reinstatement/decoded",
    "approximate-reinstatement/decoded",
    UPPER_BOUND,
    "approximate-reinstatement/stored"
  };

  private final Catalogue catalogue = TestAssigners.catalogue();
  private final Split data = Bars.split();

  private Audited audit(String train, ExperimentConfig config, String... audited)
      throws InterruptedException {
    AuditRunner runner = runner(train, config, audited);
    TrialResult result = runner.run(Condition.parse(train), 1, config, data, new Bars.Silent());
    return Audited.all(
        new Outcome(1, List.of(result), result.measurements(), List.of(), false),
        Arrays.stream(audited).map(Condition::parse).toList());
  }

  private AuditRunner runner(String train, ExperimentConfig config, String... audited) {
    List<Condition> conditions = Arrays.stream(audited).map(Condition::parse).toList();
    List<Integer> at = List.of(0, config.training().steps() / 2, config.training().steps());
    return new AuditRunner(
        catalogue, new AuditPlan(Condition.parse(train), conditions, at, 3), Bars.PRETRAINING);
  }

  private static List<AuditRow> of(Audited found, String condition, int step) {
    return found.rows().stream()
        .filter(row -> row.condition().name().equals(condition) && row.step() == step)
        .toList();
  }

  @Test
  void exactReinstatementOfStoredObservationsIsTheTruthAtEveryAge() throws InterruptedException {
    List<AuditRow> rows = audit(UPPER_BOUND, Bars.config(), UPPER_BOUND).rows();
    assertThat(findings(rows))
        .containsExactly(
            UPPER_BOUND
                + " has the true direction at every age: its cosine is nowhere below 0.9999.");
    assertThat(rows).hasSize(ROWS);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.cosine()).isBetween(0.9999, 1.0000001);
              assertThat(row.normRatio()).isCloseTo(1, within(1e-3));
              assertThat(row.bias()).isLessThan(1e-3);
              assertThat(row.reconstruction()).isZero();
            });
  }

  @Test
  void inDoublePrecisionItIsTheTruthToTenDigits() throws InterruptedException {
    ExperimentConfig config = Bars.config("backend=reference");
    assertThat(audit(UPPER_BOUND, config, UPPER_BOUND).rows())
        .hasSize(ROWS)
        .allSatisfy(
            row -> {
              assertThat(row.cosine()).isCloseTo(1, within(1e-10));
              assertThat(row.normRatio()).isCloseTo(1, within(1e-10));
              assertThat(row.bias()).isLessThan(1e-10);
            });
  }

  /** A code is of the day of the write and is decoded as on that day; a key is not. */
  @Test
  void whatComesBackFromACodeDoesNotFade() throws InterruptedException {
    ExperimentConfig config =
        Bars.config(
            "backend=reference",
            "embedder-learning-rate=0.03",
            "pretrain-steps=400",
            "pretrained-parts=none",
            "options.code-size=4");
    Audited found =
        audit(UPPER_BOUND, config, "exact-reinstatement/code", "exact-reinstatement/decoded");
    List<AuditRow> code = of(found, "exact-reinstatement/code", 60);
    assertThat(code.get(code.size() - 1).reconstruction())
        .isCloseTo(code.get(1).reconstruction(), within(0.2 * code.get(1).reconstruction()));
    List<AuditRow> decoded = of(found, "exact-reinstatement/decoded", 60);
    assertThat(decoded.get(decoded.size() - 1).reconstruction())
        .isGreaterThan(code.get(code.size() - 1).reconstruction());
  }

  @ParameterizedTest
  @ValueSource(strings = {"backprop", "approximate-reinstatement/stored"})
  void othersEqualItWhileNothingWasUpdatedAndNoLonger(String condition)
      throws InterruptedException {
    ExperimentConfig config = Bars.config("backend=reference", "embedder-learning-rate=0.01");
    Audited found = audit(UPPER_BOUND, config, condition);
    assertThat(of(found, condition, 0))
        .hasSize(2)
        .allSatisfy(
            row -> {
              assertThat(row.bias()).isLessThan(1e-10);
              assertThat(row.staleness()).isCloseTo(1, within(1e-10));
            });
    List<AuditRow> later = of(found, condition, 60);
    assertThat(later).allSatisfy(row -> assertThat(row.bias()).isGreaterThan(1e-3));
    AuditRow youngest = later.get(1);
    AuditRow oldest = later.get(later.size() - 1);
    assertThat(oldest.cosine()).isLessThan(youngest.cosine());
    assertThat(oldest.staleness()).isLessThan(youngest.staleness());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "backprop", "synthetic-gradient", "exact-reinstatement/decoded"})
  void whatIsAuditedDoesNotChangeABitOfWhatIsTrained(String train) throws InterruptedException {
    ExperimentConfig config = Bars.config("evaluate-every=30", "query-gradient=true");
    List<Measurement> alone =
        new TrainingRunner(catalogue, Bars.PRETRAINING)
            .run(Condition.parse(train), 4, config, data, new Bars.Silent()).measurements().stream()
                .filter(m -> m.split().equals(Measurement.VALIDATION))
                .toList();
    String[] audited = Arrays.copyOf(ALL, ALL.length + 2);
    audited[ALL.length] = "shuffles";
    audited[ALL.length + 1] = "in-advance";
    List<Measurement> shadowed =
        runner(train, config, audited)
            .run(Condition.parse(train), 4, config, data, new Bars.Silent())
            .measurements();
    assertThat(shadowed).hasSize(3).isEqualTo(alone);
  }

  /** As if it were trained itself: of writes, before and after, of readings and of fresh keys. */
  @Test
  void whatIsAuditedIsToldOfTheMemory() throws InterruptedException {
    ExperimentConfig config = Bars.config("freshening=round-robin");
    assertThat(of(audit("none", config, "listens"), "listens", 30)).isNotEmpty();
    List<Measurement> alone =
        new TrainingRunner(catalogue, Bars.PRETRAINING)
                .run(Condition.parse("none"), 1, config, data, new Bars.Silent())
                .measurements()
                .stream()
                .filter(m -> m.split().equals(Measurement.VALIDATION) && m.step() == 60)
                .toList();
    assertThat(
            runner("none", config, "listens")
                .run(Condition.parse("none"), 1, config, data, new Bars.Silent())
                .measurements())
        .endsWith(alone.toArray(Measurement[]::new));
  }

  @Test
  void theRowsAreTheSameWheneverTheSeedIs() throws InterruptedException {
    assertThat(audit("none", Bars.config(), ALL).rows())
        .isEqualTo(audit("none", Bars.config(), ALL).rows());
  }

  @Test
  void whoeverIsAuditedBesideChangesNoNumber() throws InterruptedException {
    Audited alone = audit(UPPER_BOUND, Bars.config(), "synthetic-gradient");
    Audited together = audit(UPPER_BOUND, Bars.config(), ALL);
    assertThat(of(together, "synthetic-gradient", 60))
        .isEqualTo(of(alone, "synthetic-gradient", 60));
  }

  @Test
  void noCreditIsNoDirection() throws InterruptedException {
    Audited found = audit(UPPER_BOUND, Bars.config(), "none");
    assertThat(of(found, "none", 60))
        .allSatisfy(
            row -> {
              assertThat(row.cosine()).isZero();
              assertThat(row.normRatio()).isZero();
              assertThat(row.bias()).isEqualTo(1);
              assertThat(row.reconstruction()).isNaN();
            });
    assertThat(findings(found)).containsExactly("none gives no credit at any age.");
  }

  @Test
  void aGradientThatIsZeroForMemoriesOf100UpdatesIsExposed() throws InterruptedException {
    ExperimentConfig config = Bars.config("capacity=240", "batch=2", "warmup-steps=1", "steps=120");
    List<AuditRow> rows = of(audit(UPPER_BOUND, config, "forgets-old"), "forgets-old", 120);
    assertThat(rows).hasSizeGreaterThan(5);
    for (AuditRow row : rows) {
      if (row.ages().isPresent()) {
        boolean young = row.ages().get().from() < TestAssigners.REMEMBERS;
        assertThat(row.cosine()).isCloseTo(young ? 1 : 0, within(1e-4));
        assertThat(row.normRatio()).isCloseTo(young ? 1 : 0, within(1e-3));
      }
    }
    assertThat(findings(rows))
        .containsExactly(
            "forgets-old loses the direction at age 100: its cosine is 0.000 at ages 100 to 120."
                + " It gives no credit from there on.");
  }

  /** These images have much in common, so wrong ones still give a cosine above 0. */
  @ParameterizedTest
  @ValueSource(strings = {"shuffles", "transposes"})
  void creditThatGoesToTheWrongPlaceIsExposed(String condition) throws InterruptedException {
    Audited found = audit(UPPER_BOUND, Bars.config(), condition);
    assertThat(found.rows())
        .hasSize(ROWS)
        .allSatisfy(
            row -> {
              assertThat(row.cosine()).as("%s", row).isLessThan(0.95);
              assertThat(row.bias()).as("%s", row).isGreaterThan(0.3);
            });
  }

  @Test
  void aStalePassIsExposed() throws InterruptedException {
    Audited found = audit(UPPER_BOUND, Bars.config(), "stale-pass");
    assertThat(of(found, "stale-pass", 0)).allSatisfy(r -> assertThat(r.bias()).isLessThan(1e-3));
    assertThat(of(found, "stale-pass", 60))
        .hasSize(5)
        .allSatisfy(
            row -> {
              assertThat(row.cosine()).isLessThan(0.5);
              assertThat(row.bias()).isGreaterThan(1);
            });
    assertThat(findings(found))
        .singleElement()
        .asString()
        .startsWith("stale-pass has lost the direction at every age: its cosine is ");
  }

  @Test
  void creditInAdvanceCountsForOneReading() throws InterruptedException {
    ExperimentConfig config = Bars.config("backend=reference", "steps=20");
    Audited found = audit(UPPER_BOUND, config, "in-advance", "at-reading");
    List<AuditRow> advance = of(found, "in-advance", 20);
    List<AuditRow> reading = of(found, "at-reading", 20);
    assertThat(advance).hasSameSizeAs(reading).hasSize(5);
    for (int i = 0; i < advance.size(); i++) {
      assertThat(advance.get(i).normRatio()).isPositive();
      assertThat(advance.get(i).normRatio())
          .isCloseTo(reading.get(i).normRatio(), within(1e-9 * reading.get(i).normRatio()));
      assertThat(advance.get(i).cosine()).isCloseTo(reading.get(i).cosine(), within(1e-9));
    }
  }

  @Test
  void aSyntheticGradientLearnsWhileAnotherConditionIsTrained() throws InterruptedException {
    ExperimentConfig config =
        Bars.config(
            "steps=400", "options.synthetic-learning-rate=0.01", "embedder-learning-rate=1e-6");
    Audited found = audit(UPPER_BOUND, config, "synthetic-gradient");
    assertThat(of(found, "synthetic-gradient", 0).get(0).normRatio()).isZero();
    assertThat(of(found, "synthetic-gradient", 400).get(0).cosine()).isGreaterThan(0.2);
    assertThat(of(found, "synthetic-gradient", 400).get(0).normRatio()).isBetween(0.1, 1.5);
  }

  @Test
  void theAgesTogetherAreTheWholeMemory() throws InterruptedException {
    List<AuditRow> rows = of(audit("none", Bars.config(), "backprop"), "backprop", 30);
    assertThat(rows.get(0).memories()).isEqualTo(40);
    assertThat(rows.stream().skip(1).mapToInt(AuditRow::memories).sum()).isEqualTo(40);
    assertThat(rows.stream().skip(1).map(AuditRow::ages))
        .containsExactly(
            Optional.of(new AgeRange(1, 2)),
            Optional.of(new AgeRange(2, 3)),
            Optional.of(new AgeRange(3, 5)),
            Optional.of(new AgeRange(5, 6)));
  }

  @Test
  void oneThatDivergesIsLeftBehind() throws InterruptedException {
    Audited found = audit("none", Bars.config(), "diverges", "backprop");
    assertThat(of(found, "diverges", 0)).hasSize(2);
    assertThat(of(found, "diverges", 60)).isEmpty();
    assertThat(of(found, "backprop", 60)).hasSize(5);
    assertThat(found.lost())
        .containsExactly(
            "diverges diverged in the trial with seed 1 and is not audited to its end: The loss of"
                + " something is NaN.");
  }

  @Test
  void oneThatBreaksIsNamed() {
    assertThatThrownBy(() -> audit("none", Bars.config(), "breaks", "backprop"))
        .isInstanceOf(PluginFailedException.class)
        .hasMessageStartingWith("credit assigner 'breaks' in ")
        .hasMessageEndingWith(
            " failed in embedded: java.lang.IllegalArgumentException: out of paper");
  }

  @Test
  void anEmbedderThatLearnsNothingCannotBeAudited() {
    assertThatThrownBy(() -> audit("none", Bars.config("embedder=random-projection"), "backprop"))
        .hasMessage(
            "embedder is \"random-projection\"; it learns nothing, so there is no gradient to audit: choose another");
  }

  @Test
  void endsWhenItIsToldTo() {
    Bars.Silent impatient =
        new Bars.Silent() {
          private boolean measured;

          @Override
          public void measured(Measurement measurement) {
            measured = true;
          }

          @Override
          public boolean cancelled() {
            return measured;
          }
        };
    ExperimentConfig config = Bars.config();
    AuditRunner runner = runner("none", config, "backprop");
    assertThatThrownBy(() -> runner.run(Condition.parse("none"), 1, config, data, impatient))
        .isInstanceOf(InterruptedException.class);
  }

  private static List<String> findings(Audited found) {
    return findings(found.rows());
  }

  private static List<String> findings(List<AuditRow> rows) {
    return Finding.of(AuditSummary.of(rows)).stream()
        .map(finding -> finding.condition() + " " + finding.words())
        .toList();
  }
}
