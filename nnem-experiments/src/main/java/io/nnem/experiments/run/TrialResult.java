package io.nnem.experiments.run;

import io.nnem.experiments.config.Condition;
import java.util.List;
import java.util.Optional;

/**
 * What came out of a trial that ran to its end. A trial that diverged has a result as well.
 *
 * @param condition what was trained
 * @param seed with which seed
 * @param measurements its evaluations, by step
 * @param divergence when and why it diverged, if it did
 * @param retainedBytesPerMemory bytes that the credit assigner keeps for a memory beside key and
 *     value, when the memory is full
 * @param stepMillis time of a training step without evaluation once the memory has filled, in
 *     milliseconds; NaN if there was none
 */
public record TrialResult(
    Condition condition,
    long seed,
    List<Measurement> measurements,
    Optional<Divergence> divergence,
    long retainedBytesPerMemory,
    double stepMillis) {

  /** Makes the list unchangeable. */
  public TrialResult {
    measurements = List.copyOf(measurements);
  }
}
