package io.nnem.experiments.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialEvent;
import io.nnem.experiments.run.TrialResult;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PartialReportsTest {
  private static final Trial TRIAL = new Trial(Condition.parse("none"), 1);

  private Instant now = Instant.EPOCH;
  private final AtomicInteger written = new AtomicInteger();

  private void later(long seconds) {
    now = now.plusSeconds(seconds);
  }

  private static TrialEvent finished() {
    return new TrialEvent.Finished(
        TRIAL,
        new TrialResult(
            TRIAL.condition(), TRIAL.seed(), List.of(), Optional.empty(), 0, Double.NaN));
  }

  @Test
  void aReportIsWrittenWhenATrialHasFinished_butNotMoreOftenThanEveryTenSeconds() {
    try (PartialReports reports = new PartialReports(written::incrementAndGet, () -> now)) {
      reports.accept(finished());
      later(10);
      reports.accept(new TrialEvent.Started(TRIAL));
      reports.accept(finished());
      later(9);
      reports.accept(finished());
    }
    assertThat(written).as("waits for the one that is being written").hasValue(1);
  }

  @Test
  void trialsDoNotWaitForIt_andWhileOneIsWrittenNoOtherIsBegun() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    PartialReports.Writing slow =
        () -> {
          go.await();
          written.incrementAndGet();
        };
    try (PartialReports reports = new PartialReports(slow, () -> now)) {
      later(10);
      reports.accept(finished());
      later(10);
      reports.accept(finished());
      assertThat(written).hasValue(0);
      go.countDown();
    }
    assertThat(written).hasValue(1);
  }

  @Test
  void oneThatCannotBeWrittenEndsNothing() {
    PartialReports.Writing full =
        () -> {
          written.incrementAndGet();
          throw new IOException("No space left on device");
        };
    try (PartialReports reports = new PartialReports(full, () -> now)) {
      later(10);
      reports.accept(finished());
    }
    assertThat(written).hasValue(1);
  }
}
