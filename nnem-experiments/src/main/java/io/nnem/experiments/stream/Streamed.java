package io.nnem.experiments.stream;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.Found;
import java.util.List;
import java.util.Optional;

/**
 * What a learner did on a stream.
 *
 * @param windows of the latest instances, on the way
 * @param whole of all of them
 */
public record Streamed(List<Row> windows, Row whole) implements Found {
  /** Copies the list. */
  public Streamed {
    windows = List.copyOf(windows);
  }

  /**
   * A line of {@code stream.csv}.
   *
   * @param condition learner and stream, as {@code LEARNER/STREAM}
   * @param seed of both
   * @param instances so far
   * @param accuracy of what it said of an instance before it learned of it
   * @param kappa beside chance
   * @param kappaTemporal beside "the same as before"
   * @param seconds of processor time so far
   * @param bytes that it keeps
   */
  public record Row(
      Condition condition,
      long seed,
      int instances,
      double accuracy,
      double kappa,
      double kappaTemporal,
      double seconds,
      long bytes) {
    /** The stream. */
    String stream() {
      return condition.reinstatement().orElseThrow();
    }

    /** The learner with its settings. */
    Condition learner() {
      return new Condition(condition.assigner(), Optional.empty(), condition.settings());
    }
  }
}
