package io.nnem.experiments.run;

import java.util.List;
import java.util.Optional;

/**
 * What is known when the trials have ended, all of them or not.
 *
 * @param planned how many trials there were to run
 * @param results of the trials that ran to their end, by condition and seed
 * @param measurements of all trials, also of those that did not end; by condition, seed and step
 * @param failure the first trial that failed, if one did
 * @param interrupted whether the run was asked to end early
 */
public record Outcome(
    int planned,
    List<TrialResult> results,
    List<Measurement> measurements,
    Optional<Failure> failure,
    boolean interrupted) {

  /** Makes the lists unchangeable. */
  public Outcome {
    results = List.copyOf(results);
    measurements = List.copyOf(measurements);
  }

  /**
   * A trial that threw.
   *
   * @param trial which
   * @param cause what it threw
   */
  public record Failure(Trial trial, Throwable cause) {}

  /**
   * Whether every trial ran to its end.
   *
   * @return false after a failure or an interrupt, unless all were done by then
   */
  public boolean complete() {
    return results.size() == planned;
  }

  /**
   * How the run ended.
   *
   * @return {@code complete}, {@code failed} or {@code interrupted}
   */
  public String status() {
    if (complete()) {
      return "complete";
    }
    return failure.isPresent() ? "failed" : "interrupted";
  }
}
