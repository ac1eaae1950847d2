package io.nnem.experiments.run;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.PluginFailedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs every condition with every seed on a few threads. What comes out does not depend on how many
 * there are, nor on which trial ends first.
 *
 * <p>Trials start seed by seed, so that a run which is ended early has the same seeds for every
 * condition. A trial whose plug-in fails does not keep the others from running; the first that
 * fails in any other way ends them, for they would fail as well.
 */
public final class Trials {
  private final TrialRunner runner;
  private final ExperimentConfig config;
  private final List<Trial> plan;
  private final List<Trial> left;
  private final Split data;
  private final TrialObserver observer;
  private final Consumer<TrialResult> keeper;
  private final Cancellation cancellation;

  /** Guards everything below and the observer. */
  private final Object lock = new Object();

  private final List<TrialResult> results = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Outcome.Failure> failures = new ArrayList<>();
  private boolean broken;

  /**
   * Prepares a run; an object serves once.
   *
   * @param runner trains
   * @param config the setting
   * @param plan the trials in the order in which they start
   * @param past those that are done already
   * @param data what to train on
   * @param observer is told what happens
   * @param keeper keeps each result of a trial in which nothing failed; one at a time
   * @param cancellation ends the run early
   */
  public Trials(
      TrialRunner runner,
      ExperimentConfig config,
      List<Trial> plan,
      List<TrialResult> past,
      Split data,
      TrialObserver observer,
      Consumer<TrialResult> keeper,
      Cancellation cancellation) {
    this.runner = runner;
    this.config = config;
    this.plan = List.copyOf(plan);
    Set<Trial> done = past.stream().map(TrialResult::trial).collect(Collectors.toSet());
    this.left = plan.stream().filter(trial -> !done.contains(trial)).toList();
    this.data = data;
    this.observer = observer;
    this.keeper = keeper;
    this.cancellation = cancellation;
    results.addAll(past);
    past.forEach(result -> measurements.addAll(result.measurements()));
  }

  /**
   * The trials of a configuration in the order in which they start.
   *
   * @param config the setting
   * @return seeds x conditions trials
   */
  public static List<Trial> plan(ExperimentConfig config) {
    List<Trial> plan = new ArrayList<>();
    for (int seed = 1; seed <= config.seeds(); seed++) {
      for (Condition condition : config.conditions()) {
        plan.add(new Trial(condition, seed));
      }
    }
    return plan;
  }

  /**
   * Runs them and waits for the last.
   *
   * @return what is known then
   */
  public Outcome run() {
    AtomicInteger threads = new AtomicInteger();
    ExecutorService pool =
        Executors.newFixedThreadPool(
            Math.max(1, Math.min(config.jobs(), left.size())),
            task -> new Thread(task, "trial-thread-" + threads.incrementAndGet()));
    cancellation.whenRequested(pool::shutdownNow);
    for (Trial trial : left) {
      if (pool.isShutdown()) {
        break;
      }
      submit(pool, trial);
    }
    pool.shutdown();
    awaitAll(pool);
    synchronized (lock) {
      return new Outcome(
          plan.size(),
          results.stream().sorted(byConditionAndSeed()).toList(),
          measurements.stream().sorted(byConditionSeedAndStep()).toList(),
          failures.stream().sorted(failuresByConditionAndSeed()).toList(),
          cancellation.isRequested());
    }
  }

  private void submit(ExecutorService pool, Trial trial) {
    try {
      pool.execute(() -> runOne(pool, trial));
    } catch (java.util.concurrent.RejectedExecutionException e) {
      // the run was ended while the trials were still being handed out
      pool.shutdown();
    }
  }

  private static void awaitAll(ExecutorService pool) {
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
        pool.shutdownNow();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void runOne(ExecutorService pool, Trial trial) {
    if (ending()) {
      return;
    }
    try {
      synchronized (lock) {
        observer.started(trial);
      }
      ExperimentConfig own = config.forCondition(trial.condition());
      Listener listener = new Listener(trial);
      TrialResult result = runner.run(trial.condition(), trial.seed(), own, data, listener);
      finish(trial, result.with(listener.reconstructions), listener.whole);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (!ending()) {
        fail(trial, new IllegalStateException("interrupted, but nobody asked for it", e));
        pool.shutdownNow();
      }
    } catch (PluginFailedException e) {
      if (!ending()) {
        synchronized (lock) {
          failures.add(new Outcome.Failure(trial, e));
          observer.failed(trial, e);
        }
      }
    } catch (Throwable e) { // an OutOfMemoryError is a failed trial as well
      if (!ending()) {
        fail(trial, e);
        pool.shutdownNow();
      }
    }
  }

  private void finish(Trial trial, TrialResult result, boolean whole) {
    if (!result.condition().equals(trial.condition()) || result.seed() != trial.seed()) {
      throw new IllegalStateException(
          "the result is of " + new Trial(result.condition(), result.seed()) + ", not of " + trial);
    }
    synchronized (lock) {
      if (whole) {
        keeper.accept(result);
      }
      results.add(result);
      observer.finished(trial, result);
    }
  }

  private void fail(Trial trial, Throwable cause) {
    synchronized (lock) {
      if (!broken) {
        failures.add(new Outcome.Failure(trial, cause));
        broken = true;
      }
    }
  }

  private boolean ending() {
    synchronized (lock) {
      return broken || cancellation.isRequested();
    }
  }

  private Comparator<TrialResult> byConditionAndSeed() {
    List<Condition> order = plan.stream().map(Trial::condition).distinct().toList();
    return Comparator.<TrialResult>comparingInt(result -> order.indexOf(result.condition()))
        .thenComparingLong(TrialResult::seed);
  }

  /** Also of conditions that only went along with a trial. */
  private Comparator<Outcome.Failure> failuresByConditionAndSeed() {
    List<Condition> order =
        Stream.concat(config.conditions().stream(), plan.stream().map(Trial::condition)).toList();
    return Comparator.<Outcome.Failure>comparingInt(
            failure -> order.indexOf(failure.trial().condition()))
        .thenComparingLong(failure -> failure.trial().seed());
  }

  private Comparator<Measurement> byConditionSeedAndStep() {
    List<String> order = plan.stream().map(trial -> trial.condition().name()).distinct().toList();
    return Comparator.<Measurement>comparingInt(m -> order.indexOf(m.condition()))
        .thenComparingLong(Measurement::seed)
        .thenComparingInt(Measurement::step)
        .thenComparing(Measurement::split, Comparator.reverseOrder());
  }

  /** Hands on what one trial says. */
  private final class Listener implements TrialListener {
    private final Trial trial;
    private final List<Reconstruction> reconstructions = new ArrayList<>();
    private boolean whole = true;

    Listener(Trial trial) {
      this.trial = trial;
    }

    @Override
    public void stepped(int step, int totalSteps, double latestAccuracy) {
      synchronized (lock) {
        observer.stepped(trial, step, totalSteps, latestAccuracy);
      }
    }

    @Override
    public void measured(Measurement measurement) {
      synchronized (lock) {
        measurements.add(measurement);
        observer.measured(measurement);
      }
    }

    @Override
    public void pretraining(int step, int totalSteps, double loss) {
      synchronized (lock) {
        observer.pretraining(trial, step, totalSteps, loss);
      }
    }

    @Override
    public void reconstructed(Reconstruction reconstruction) {
      reconstructions.add(reconstruction);
    }

    @Override
    public void noted(String text) {
      synchronized (lock) {
        observer.noted(trial, text);
      }
    }

    @Override
    public void failed(Condition condition, RuntimeException cause) {
      whole = false;
      synchronized (lock) {
        failures.add(new Outcome.Failure(new Trial(condition, trial.seed()), cause));
      }
    }

    @Override
    public boolean cancelled() {
      return ending();
    }
  }
}
