package io.nnem.experiments.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what becomes the result of a trial, and passes it on. */
final class TrialLog {
  private final Trial trial;
  private final TrialListener listener;
  private final Collapse collapse;
  private final List<Measurement> measurements = new ArrayList<>();
  private final StepTimes times = new StepTimes();
  private Optional<TrialResult.Divergence> divergence = Optional.empty();
  private boolean stopped;
  private double latestAccuracy = Double.NaN;

  TrialLog(Trial trial, int classes, TrialListener listener) {
    this.trial = trial;
    this.listener = listener;
    this.collapse = new Collapse(classes);
  }

  /** Warm-up steps are not what one asks about, nor is the first step, which allocates. */
  void stepTook(int credited, long took) {
    if (credited > 1) {
      times.add(took);
    }
  }

  void measured(int step, String split, Evaluation.Score score) {
    Measurement measurement = score.at(trial, step, split);
    measurements.add(measurement);
    listener.measured(measurement);
    if (split.equals(Measurement.VALIDATION)) {
      latestAccuracy = score.accuracy();
      // Training goes on: whether it recovers is part of the result.
      collapse.check(score.accuracy()).ifPresent(reason -> diverged(step, reason));
    }
  }

  /** Notes a divergence that training cannot go on from. */
  void stop(int step, String reason) {
    diverged(step, reason);
    stopped = true;
  }

  private void diverged(int step, String reason) {
    if (divergence.isEmpty()) {
      divergence = Optional.of(new TrialResult.Divergence(step, reason));
    }
  }

  boolean stopped() {
    return stopped;
  }

  double latestAccuracy() {
    return latestAccuracy;
  }

  TrialResult result(long retainedBytesPerMemory) {
    return new TrialResult(
        trial.condition(),
        trial.seed(),
        measurements,
        divergence,
        retainedBytesPerMemory,
        times.perStep());
  }
}
