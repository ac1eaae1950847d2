package io.nnem.experiments.engine;

import com.google.auto.service.AutoService;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.Trials;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs trials on as many threads of this program as {@code --jobs} says. */
@AutoService(TrialExecutor.class)
public final class ThreadsExecutor implements TrialExecutor {
  static final String NAME = "threads";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run(Work work) {
    run(work.trials(), work.call().config().jobs());
  }

  /** Runs the trials that are left, so many at the same time. */
  public static void run(Trials trials, int jobs) {
    List<Trial> left = trials.left();
    AtomicInteger threads = new AtomicInteger();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(jobs, left.size())),
            task -> new Thread(task, "trial-thread-" + threads.incrementAndGet()));
    trials.whenCancelled(pool::shutdownNow);
    for (Trial trial : left) {
      try {
        pool.execute(
            () -> {
              trials.run(trial);
              if (trials.ending()) {
                pool.shutdownNow();
              }
            });
      } catch (RejectedExecutionException e) {
        break; // the run was ended while the trials were still being handed out
      }
    }
    end(pool, pool::shutdownNow);
  }

  /** Waits until a pool has done what it has, even if this thread is interrupted meanwhile. */
  static void end(ExecutorService pool, Runnable whenInterrupted) {
    pool.shutdown();
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
        whenInterrupted.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
