package io.nnem.experiments.engine;

import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialObserver;
import io.nnem.experiments.run.TrialResult;
import java.util.List;

/** Tells several observers, in their order: those that write come before those that show. */
public record Observers(List<TrialObserver> all) implements TrialObserver {
  @Override
  public void started(Trial trial) {
    all.forEach(each -> each.started(trial));
  }

  @Override
  public void stepped(Trial trial, int step, int totalSteps, double latestAccuracy) {
    all.forEach(each -> each.stepped(trial, step, totalSteps, latestAccuracy));
  }

  @Override
  public void pretraining(Trial trial, int step, int totalSteps, double loss) {
    all.forEach(each -> each.pretraining(trial, step, totalSteps, loss));
  }

  @Override
  public void noted(Trial trial, String text) {
    all.forEach(each -> each.noted(trial, text));
  }

  @Override
  public void measured(Measurement measurement) {
    all.forEach(each -> each.measured(measurement));
  }

  @Override
  public void failed(Trial trial, Throwable cause) {
    all.forEach(each -> each.failed(trial, cause));
  }

  @Override
  public void finished(Trial trial, TrialResult result) {
    all.forEach(each -> each.finished(trial, result));
  }
}
