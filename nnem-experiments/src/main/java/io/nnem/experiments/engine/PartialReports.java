package io.nnem.experiments.engine;

import io.nnem.experiments.run.TrialEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Writes a run's report anew when a trial has finished, so that it can be read while others run;
 * not more often than every ten seconds, and beside the trials, which do not wait for it.
 */
final class PartialReports implements Consumer<TrialEvent>, AutoCloseable {
  static final Duration PAUSE = Duration.ofSeconds(10);

  interface Writing {
    void run() throws Exception;
  }

  private final Writing writing;
  private final InstantSource clock;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "partial-reports"));
  private final Semaphore idle = new Semaphore(1);
  private Instant latest;

  PartialReports(Writing writing, InstantSource clock) {
    this.writing = writing;
    this.clock = clock;
    this.latest = clock.instant();
  }

  @Override
  public void accept(TrialEvent event) {
    Instant now = clock.instant();
    boolean due = Duration.between(latest, now).compareTo(PAUSE) >= 0;
    if (event instanceof TrialEvent.Finished && due && idle.tryAcquire()) {
      latest = now;
      writer.execute(this::write);
    }
  }

  private void write() {
    try {
      writing.run();
    } catch (Exception e) {
      // the last report fails for the same reason, and that is told
    } finally {
      idle.release();
    }
  }

  /** Waits for what is being written. */
  @Override
  public void close() {
    ThreadsExecutor.end(writer, () -> {});
  }
}
