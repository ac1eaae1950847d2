package io.nnem.experiments.progress;

import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialEvent;
import io.nnem.experiments.run.TrialResult;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Shows a run while it goes on. */
public interface Progress extends Consumer<TrialEvent>, AutoCloseable {
  /** Takes a live line away; plain lines stay. */
  @Override
  void close();

  /** A live line where lines can be rewritten, or plain lines. */
  static Progress create(
      boolean live, String name, int planned, PrintWriter out, InstantSource clock) {
    ProgressState state = new ProgressState(planned, clock);
    return live ? new LiveProgress(name, state, out) : new PlainProgress(state, out, clock);
  }

  /** What is said of an event, if anything is: of a trial that ended, and what must be known. */
  static Optional<String> sentence(TrialEvent event, ProgressState state) {
    if (event instanceof TrialEvent.Noted noted) {
      return Optional.of("nnem: warning: " + noted.text());
    } else if (event instanceof TrialEvent.Failed its) {
      Trial trial = its.trial();
      return Optional.of(
          trial.condition() + " seed " + trial.seed() + " failed: " + Outcome.oneLine(its.cause()));
    } else if (event instanceof TrialEvent.Finished its) {
      return Optional.of(ended(its.result(), state));
    }
    return Optional.empty();
  }

  private static String ended(TrialResult result, ProgressState state) {
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
        result.condition(),
        result.seed(),
        outcome,
        state.finishedTrials(),
        state.planned());
  }

  private static double lastAccuracy(TrialResult result) {
    return result.measurements().stream()
        .filter(m -> m.split().equals(Measurement.VALIDATION))
        .reduce((first, second) -> second)
        .map(Measurement::accuracy)
        .orElse(Double.NaN);
  }
}
