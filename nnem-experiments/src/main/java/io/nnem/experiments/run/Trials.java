package io.nnem.experiments.run;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.PluginFailedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The trials of a run, and what has come of them. What comes out does not depend on how many run at
 * the same time, where they do, nor on which ends first.
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
  private final Consumer<TrialEvent> observer;
  private final Consumer<TrialResult> keeper;
  private final Cancellation cancellation;

  /** Guards everything below and the observer. */
  private final Object lock = new Object();

  private final List<TrialResult> results = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Outcome.Failure> failures = new ArrayList<>();
  private boolean broken;

  /**
   * Prepares a run; an object serves once. The keeper keeps each result of a trial in which nothing
   * failed, one at a time.
   */
  public Trials(
      TrialRunner runner,
      ExperimentConfig config,
      List<Trial> plan,
      List<TrialResult> past,
      Split data,
      Consumer<TrialEvent> observer,
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

  /** The trials of a configuration, seed by seed, in the order in which they start. */
  public static List<Trial> plan(ExperimentConfig config) {
    return plan(config.conditions(), config.seeds());
  }

  /** The trials of some conditions, seed by seed. */
  public static List<Trial> plan(List<Condition> conditions, int seeds) {
    return IntStream.rangeClosed(1, seeds)
        .boxed()
        .flatMap(seed -> conditions.stream().map(condition -> new Trial(condition, seed)))
        .toList();
  }

  /** Those that are not done, in the order in which they start. */
  public List<Trial> left() {
    return left;
  }

  public Split data() {
    return data;
  }

  /** Runs an action when the run is cancelled, or now if it is. */
  public void whenCancelled(Runnable action) {
    cancellation.whenRequested(action);
  }

  /** What is known when all have ended, by condition and seed. */
  public Outcome outcome() {
    Comparator<Trial> planned = byConditionAndSeed(plan.stream().map(Trial::condition));
    Comparator<Trial> all = // also those that only went along with a trial
        byConditionAndSeed(
            Stream.concat(config.conditions().stream(), plan.stream().map(Trial::condition)));
    synchronized (lock) {
      return new Outcome(
          plan.size(),
          results.stream().sorted(Comparator.comparing(TrialResult::trial, planned)).toList(),
          measurements.stream().sorted(byConditionSeedAndStep()).toList(),
          failures.stream().sorted(Comparator.comparing(Outcome.Failure::trial, all)).toList(),
          cancellation.isRequested());
    }
  }

  /** Runs one of those that are left in this thread, unless no more are wanted. Never throws. */
  public void run(Trial trial) {
    if (ending()) {
      return;
    }
    try {
      started(trial);
      ExperimentConfig own = config.forCondition(trial.condition());
      Listener listener = new Listener(trial);
      TrialResult result = runner.run(trial.condition(), trial.seed(), own, data, listener);
      finish(trial, result.with(listener.reconstructions), listener.whole);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(trial, new IllegalStateException("interrupted, but nobody asked for it", e));
    } catch (Throwable e) { // an OutOfMemoryError is a failed trial as well
      failed(trial, e);
    }
  }

  /** Tells that one of those that are left begins elsewhere. */
  public void started(Trial trial) {
    synchronized (lock) {
      observer.accept(new TrialEvent.Started(trial));
    }
  }

  /** Takes the result of a trial that was run elsewhere, to its end and without a failure. */
  public void received(TrialResult result) {
    synchronized (lock) {
      measurements.addAll(result.measurements());
      result
          .measurements()
          .forEach(each -> observer.accept(new TrialEvent.Measured(result.trial(), each)));
    }
    finish(result.trial(), result, true);
  }

  /** Tells what the user should know of a trial, in a sentence. */
  public void noted(Trial trial, String text) {
    synchronized (lock) {
      observer.accept(new TrialEvent.Noted(trial, text));
    }
  }

  /** Takes a failure. One of a plug-in does not keep other trials from running; any other does. */
  public void failed(Trial trial, Throwable cause) {
    synchronized (lock) {
      if (ending()) {
        return;
      }
      failures.add(new Outcome.Failure(trial, cause));
      if (cause instanceof PluginFailedException) {
        observer.accept(new TrialEvent.Failed(trial, cause));
      } else {
        broken = true;
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
      observer.accept(new TrialEvent.Finished(trial, result));
    }
  }

  /** Whether no more trials are wanted. */
  public boolean ending() {
    synchronized (lock) {
      return broken || cancellation.isRequested();
    }
  }

  private static Comparator<Trial> byConditionAndSeed(Stream<Condition> conditions) {
    List<Condition> order = conditions.distinct().toList();
    return Comparator.<Trial>comparingInt(trial -> order.indexOf(trial.condition()))
        .thenComparingLong(Trial::seed);
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
        observer.accept(new TrialEvent.Stepped(trial, step, totalSteps, latestAccuracy));
      }
    }

    @Override
    public void measured(Measurement measurement) {
      synchronized (lock) {
        measurements.add(measurement);
        observer.accept(new TrialEvent.Measured(trial, measurement));
      }
    }

    @Override
    public void pretraining(int step, int totalSteps, double loss) {
      synchronized (lock) {
        observer.accept(new TrialEvent.Pretraining(trial, step, totalSteps, loss));
      }
    }

    @Override
    public void reconstructed(Reconstruction reconstruction) {
      reconstructions.add(reconstruction);
    }

    @Override
    public void noted(String text) {
      Trials.this.noted(trial, text);
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
