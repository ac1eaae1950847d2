package io.nnem.experiments.progress;

import io.nnem.experiments.run.TrialEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

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
  public void accept(TrialEvent event) {
    state.accept(event);
    Optional<String> sentence = Progress.sentence(event, state);
    Instant now = clock.instant();
    if (sentence.isPresent()) {
      print(sentence.get(), now);
    } else if (!(event instanceof TrialEvent.Started)
        && Duration.between(latest, now).compareTo(PAUSE) >= 0) {
      String left = state.timeLeft();
      print(state.current(false) + (left.isEmpty() ? "" : ", " + left), now);
    }
  }

  private void print(String text, Instant now) {
    out.println(String.format(Locale.ROOT, "[%3d%%] %s", (int) (100 * state.fraction()), text));
    out.flush();
    latest = now;
  }

  @Override
  public void close() {}
}
