package io.nnem.experiments.progress;

import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** For logs: a line for each trial that ended, and one every few seconds in between. */
final class PlainProgress implements Progress {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final ProgressState state;
  private final PrintWriter out;
  private final InstantSource clock;
  private Instant latest;

  PlainProgress(ProgressState state, PrintWriter out, InstantSource clock) {
    this.state = state;
    this.out = out;
    this.clock = clock;
    this.latest = clock.instant();
  }

  @Override
  public void started(Trial trial) {
    state.started(trial);
  }

  @Override
  public void stepped(Trial trial, int step, int totalSteps, double latestAccuracy) {
    state.stepped(trial, step, totalSteps, latestAccuracy);
    printNowAndThen();
  }

  @Override
  public void pretraining(Trial trial, int step, int totalSteps, double loss) {
    state.pretraining(trial, step, totalSteps, loss);
    printNowAndThen();
  }

  @Override
  public void noted(Trial trial, String note) {
    print(Progress.warning(note), clock.instant());
  }

  private void printNowAndThen() {
    Instant now = clock.instant();
    if (Duration.between(latest, now).compareTo(PAUSE) >= 0) {
      String left = state.timeLeft();
      print(state.current(false) + (left.isEmpty() ? "" : ", " + left), now);
    }
  }

  @Override
  public void finished(Trial trial, TrialResult result) {
    state.finished(trial, result);
    print(Progress.ended(trial, result, state.finishedTrials(), state.planned()), clock.instant());
  }

  @Override
  public void failed(Trial trial, Throwable cause) {
    state.failed(trial, cause);
    print(Progress.words(trial, cause), clock.instant());
  }

  private void print(String text, Instant now) {
    out.println(String.format(Locale.ROOT, "[%3d%%] %s", (int) (100 * state.fraction()), text));
    out.flush();
    latest = now;
  }

  @Override
  public void close() {}
}
