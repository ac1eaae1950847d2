package io.nnem.experiments.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialEvent;
import io.nnem.experiments.run.TrialResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Trial FIRST = new Trial(Condition.parse("none"), 1);
  private static final Trial SECOND = new Trial(Condition.parse("backprop"), 1);

  private final StringWriter text = new StringWriter();
  private Instant now = Instant.EPOCH;

  @Test
  void plainLinesAreFewAndSayWhatIsLeft() {
    try (Progress progress =
        Progress.create(false, "figure", 2, new PrintWriter(text), () -> now)) {
      progress.accept(new TrialEvent.Started(FIRST));
      for (int step = 1; step <= 100; step++) {
        now = now.plusMillis(100);
        progress.accept(new TrialEvent.Stepped(FIRST, step, 100, step < 20 ? Double.NaN : 0.25));
      }
      progress.accept(new TrialEvent.Finished(FIRST, result(FIRST, Optional.empty())));
      progress.accept(new TrialEvent.Started(SECOND));
      progress.accept(
          new TrialEvent.Finished(
              SECOND,
              result(SECOND, Optional.of(new TrialResult.Divergence(7, "the loss is NaN")))));
    }

    assertThat(text.toString().lines())
        .containsExactly(
            "[ 25%] none seed 1 step 50/100 accuracy 0.250, 0:15 left",
            "[ 50%] none seed 1 step 100/100 accuracy 0.250, 0:10 left",
            "[ 50%] none seed 1 done, accuracy 0.750 (1 of 2 trials)",
            "[100%] backprop seed 1 done, diverged at step 7: the loss is NaN (2 of 2 trials)");
  }

  @Test
  void trainingBeforehandIsShown_andWarningsStay() {
    try (Progress progress =
        Progress.create(false, "figure", 2, new PrintWriter(text), () -> now)) {
      progress.accept(new TrialEvent.Started(FIRST));
      for (int step = 1; step <= 100; step++) {
        now = now.plusMillis(100);
        progress.accept(new TrialEvent.Pretraining(FIRST, step, 100, 99.5 - step));
      }
      progress.accept(new TrialEvent.Noted(FIRST, "it cannot be kept"));
      now = now.plusSeconds(5);
      progress.accept(new TrialEvent.Stepped(FIRST, 1, 1000, Double.NaN));
    }

    assertThat(text.toString().lines())
        .containsExactly(
            "[  0%] pre-training for seed 1 step 50/100 loss 49.50",
            "[  0%] pre-training for seed 1 step 100/100 loss -0.5000",
            "[  0%] nnem: warning: it cannot be kept",
            "[  0%] none seed 1 step 1/1000");
  }

  @Test
  void theLiveLineIsTakenAwayAndDivergencesStay() {
    try (Progress progress = Progress.create(true, "figure", 2, new PrintWriter(text), () -> now)) {
      progress.accept(new TrialEvent.Started(FIRST));
      progress.accept(new TrialEvent.Stepped(FIRST, 10, 100, 0.5));
      progress.accept(
          new TrialEvent.Finished(
              FIRST, result(FIRST, Optional.of(new TrialResult.Divergence(7, "the loss is NaN")))));
    }

    assertThat(text.toString())
        .contains("none seed 1 done, diverged at step 7: the loss is NaN (1 of 2 trials)")
        .endsWith(" \r")
        .doesNotContain("\u001b");
  }

  @Test
  void dumbTerminalsAndBuildServersGetPlainLines() {
    assertThat(Terminal.isLive(Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminal.isLive(Map.of("CI", "true"))).isFalse();
  }

  private static TrialResult result(Trial trial, Optional<TrialResult.Divergence> divergence) {
    return new TrialResult(
        trial.condition(),
        trial.seed(),
        List.of(
            new Measurement("x", 1, 0, Measurement.VALIDATION, 0.1, 1),
            new Measurement("x", 1, 9, Measurement.VALIDATION, 0.75, 1),
            new Measurement("x", 1, 9, Measurement.TEST, 0.99, 1)),
        divergence,
        0,
        1);
  }
}
