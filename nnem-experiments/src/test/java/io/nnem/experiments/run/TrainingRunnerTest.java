package io.nnem.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRunnerTest {
  private static final int SIDE = Bars.SIDE;

  private final TrainingRunner runner = new TrainingRunner(Catalogue.load());
  private final Split data = Bars.split();

  private static ExperimentConfig config(String... settings) {
    return Bars.config(settings);
  }

  private TrialResult run(String condition, long seed, ExperimentConfig config)
      throws InterruptedException {
    return runner.run(Condition.parse(condition), seed, config, data, new Bars.Silent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nd4j", "reference"})
  void theUpperBoundLearnsWhatNoCreditDoesNot(String backend) throws InterruptedException {
    ExperimentConfig config = config("backend=" + backend, "steps=200");
    double none = last(run("none", 1, config));
    double exact = last(run("exact-reinstatement/stored", 1, config));
    assertThat(exact).isGreaterThan(none + 0.1);
  }

  private static double last(TrialResult result) {
    List<Measurement> validation =
        result.measurements().stream().filter(m -> m.split().equals("validation")).toList();
    return validation.get(validation.size() - 1).accuracy();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "backprop",
        "synthetic-gradient",
        "exact-reinstatement/decoded",
        "approximate-reinstatement/decoded",
        "exact-reinstatement/stored"
      })
  void theSameSeedGivesTheSameBitsAndAnotherOthers(String condition) throws InterruptedException {
    ExperimentConfig config = config();
    assertThat(run(condition, 5, config).measurements())
        .isEqualTo(run(condition, 5, config).measurements())
        .isNotEqualTo(
            run(condition, 6, config).measurements().stream()
                .map(
                    m -> new Measurement(condition, 5, m.step(), m.split(), m.accuracy(), m.loss()))
                .toList());
  }

  /** That the policy is told of readings, and that keys are freshened, shows in what is learned. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "retention=least-recently-read",
        "retention=least-read",
        "retention=reservoir",
        "freshening=round-robin",
        "freshening=drift"
      })
  void retentionAndFresheningHaveAPart(String setting) throws InterruptedException {
    for (String condition : List.of("backprop", "anchored-reinstatement/decoded")) {
      ExperimentConfig config = config(setting, "freshening-budget=3");
      assertThat(run(condition, 5, config).measurements())
          .isEqualTo(run(condition, 5, config).measurements())
          .isNotEqualTo(run(condition, 5, config()).measurements());
    }
  }

  /** Also of conditions that decode nothing: the decoder learns beside them. */
  @ParameterizedTest
  @ValueSource(strings = {"backprop", "exact-reinstatement/decoded", "exact-reinstatement/stored"})
  void theMemoryThatTheDecoderIsLeastCertainOf_isGivenUp(String condition)
      throws InterruptedException {
    String variational = "decoder=variational-autoencoder";
    ExperimentConfig config = config(variational, "retention=least-certain");
    TrialResult result = run(condition, 5, config);
    assertThat(run(condition, 5, config).measurements()).isEqualTo(result.measurements());
    assertThat(run(condition, 5, config(variational, "retention=fifo")).measurements())
        .isNotEqualTo(result.measurements());
    assertThat(
            run(
                    condition,
                    5,
                    config(variational, "retention=least-certain", "options.score-budget=0"))
                .measurements())
        .as("without scoring again those that stay")
        .isNotEqualTo(result.measurements());
  }

  @Test
  void isEvaluatedWhereTheConfigurationSaysAndOnTheTestSetOnce() throws InterruptedException {
    TrialResult result = run("none", 1, config("steps=50"));
    assertThat(result.measurements())
        .extracting(m -> m.split() + " " + m.step())
        .containsExactly(
            "validation 0", "validation 20", "validation 40", "validation 50", "test 50");
    assertThat(result.divergence()).isEmpty();
  }

  @Test
  void saysWhatEachMemoryCostsBesideKeyAndValue() throws InterruptedException {
    int observation = SIDE * SIDE * Float.BYTES;
    ExperimentConfig config = config("steps=1");
    assertThat(run("exact-reinstatement/stored", 1, config).retainedBytesPerMemory())
        .isEqualTo(observation);
    assertThat(run("exact-reinstatement/decoded", 1, config).retainedBytesPerMemory()).isZero();
    assertThat(run("synthetic-gradient", 1, config).retainedBytesPerMemory()).isZero();
    assertThat(run("backprop", 1, config).retainedBytesPerMemory())
        .isEqualTo(observation + (16 + 4) * Float.BYTES);
  }

  @Test
  void aDivergenceIsAResultWithItsStepAndReason() throws InterruptedException {
    TrialResult result =
        run(
            "exact-reinstatement/stored",
            3,
            config("embedder-learning-rate=1e30", "optimiser=sgd"));
    assertThat(result.divergence()).isPresent();
    assertThat(result.divergence().get().step()).isBetween(1, 60);
    assertThat(result.divergence().get().reason()).matches("The .* is (NaN|-?Infinity)\\.");
    assertThat(result.measurements()).extracting(Measurement::split).doesNotContain("test");
  }

  @Test
  void endsWhenItIsToldTo() {
    TrialListener impatient =
        new Bars.Silent() {
          @Override
          public boolean cancelled() {
            return true;
          }
        };
    assertThatThrownBy(() -> runner.run(Condition.parse("none"), 1, config(), data, impatient))
        .isInstanceOf(InterruptedException.class);
  }
}
