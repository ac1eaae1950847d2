package io.nnem.experiments.progress;

import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How far a run is, and how long the rest may take if it goes on as it did. */
final class ProgressState {
  record Position(int step, int totalSteps, double accuracy) {
    double fraction() {
      return totalSteps == 0 ? 0 : (double) step / totalSteps;
    }
  }

  private final int planned;
  private final InstantSource clock;
  private final Instant started;
  private final Map<Trial, Position> running = new LinkedHashMap<>();
  private final Map<Trial, String> beforehand = new HashMap<>();
  private int finished;
  private int failed;

  ProgressState(int planned, InstantSource clock) {
    this.planned = planned;
    this.clock = clock;
    this.started = clock.instant();
  }

  void accept(TrialEvent event) {
    Trial trial = event.trial();
    if (event instanceof TrialEvent.Started) {
      running.put(trial, new Position(0, 0, Double.NaN));
    } else if (event instanceof TrialEvent.Pretraining its) {
      beforehand.put(
          trial,
          String.format(
              Locale.ROOT,
              "pre-training for seed %d step %d/%d loss %.4g",
              trial.seed(),
              its.step(),
              its.totalSteps(),
              its.loss()));
    } else if (event instanceof TrialEvent.Stepped its) {
      beforehand.remove(trial);
      running.put(trial, new Position(its.step(), its.totalSteps(), its.latestAccuracy()));
    } else if (event instanceof TrialEvent.Finished) {
      leave(trial);
      finished++;
    } else if (event instanceof TrialEvent.Failed) {
      leave(trial);
      failed++;
    }
  }

  private void leave(Trial trial) {
    running.remove(trial);
    beforehand.remove(trial);
  }

  /** From 0 to 1, over all trials. */
  double fraction() {
    double sum = finished + failed;
    for (Position position : running.values()) {
      sum += position.fraction();
    }
    return sum / planned;
  }

  int planned() {
    return planned;
  }

  int finishedTrials() {
    return finished;
  }

  /** The trial that has been running for longest, and where it is; empty between trials. */
  String current(boolean brief) {
    for (Map.Entry<Trial, Position> entry : running.entrySet()) {
      String before = beforehand.get(entry.getKey());
      if (before != null) {
        return before;
      }
      return describe(entry.getKey(), entry.getValue(), brief);
    }
    return "";
  }

  private static String describe(Trial trial, Position position, boolean brief) {
    String text = trial.condition() + " seed " + trial.seed();
    if (position.totalSteps() > 0) {
      text += (brief ? " " : " step ") + position.step() + "/" + position.totalSteps();
    }
    if (!Double.isNaN(position.accuracy())) {
      text += (brief ? " " : " accuracy ");
      text += String.format(Locale.ROOT, "%.3f", position.accuracy());
    }
    return text;
  }

  /** For example {@code 1:05 left}; empty while it cannot be told. */
  String timeLeft() {
    double done = fraction();
    Duration elapsed = Duration.between(started, clock.instant());
    if (done < 0.01 || elapsed.toSeconds() < 2) {
      return "";
    }
    return time(Duration.ofMillis((long) (elapsed.toMillis() * (1 - done) / done))) + " left";
  }

  static String time(Duration duration) {
    long seconds = Math.round(duration.toMillis() / 1000.0);
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
