package io.nnem.experiments.progress;

import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialObserver;
import io.nnem.experiments.run.TrialResult;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Locale;

/** Shows a run while it goes on. */
public interface Progress extends TrialObserver, AutoCloseable {
  /** Takes a live line away; plain lines stay. */
  @Override
  void close();

  /**
   * The one that suits the place.
   *
   * @param live whether lines can be rewritten
   * @param name the command
   * @param planned how many trials there are
   * @param out where to show it
   * @param clock tells the time
   * @return a live line, or plain lines
   */
  static Progress create(
      boolean live, String name, int planned, PrintWriter out, InstantSource clock) {
    ProgressState state = new ProgressState(planned, clock);
    return live ? new LiveProgress(name, state, out) : new PlainProgress(state, out, clock);
  }

  /** What is said of a trial that ended. */
  static String ended(Trial trial, TrialResult result, int finished, int planned) {
    String outcome =
        result
            .divergence()
            .map(
                divergence ->
                    ", diverged at step " + divergence.step() + ": " + divergence.reason())
            .orElseGet(
                () ->
                    result.measurements().isEmpty()
                        ? "" // nothing was classified
                        : String.format(Locale.ROOT, ", accuracy %.3f", lastAccuracy(result)));
    return String.format(
        Locale.ROOT,
        "%s seed %d done%s (%d of %d trials)",
        trial.condition(),
        trial.seed(),
        outcome,
        finished,
        planned);
  }

  /** What is said of a trial that failed. */
  static String words(Trial trial, Throwable cause) {
    return trial.condition() + " seed " + trial.seed() + " failed: " + Outcome.oneLine(cause);
  }

  /** What is said of something that stops nothing. */
  static String warning(String note) {
    return "nnem: warning: " + note;
  }

  private static double lastAccuracy(TrialResult result) {
    return result.measurements().stream()
        .filter(m -> m.split().equals(io.nnem.experiments.run.Measurement.VALIDATION))
        .reduce((first, second) -> second)
        .map(io.nnem.experiments.run.Measurement::accuracy)
        .orElse(Double.NaN);
  }
}
