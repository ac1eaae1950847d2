package io.nnem.experiments.run;

import io.nnem.experiments.config.Condition;
import java.util.List;
import java.util.Optional;

/**
 * What came out of a trial that ran to its end. A trial that diverged has a result as well.
 *
 * @param measurements its evaluations, by step
 * @param divergence when and why it diverged, if it did
 * @param retainedBytesPerMemory bytes that the credit assigner keeps for a memory beside key and
 *     value, when the memory is full
 * @param stepMillis time of a training step without evaluation once the memory has filled, in
 *     milliseconds; NaN if there was none
 * @param reconstructions how well decoders did, also in the training beforehand
 * @param found what the experiment found beside
 */
public record TrialResult(
    Condition condition,
    long seed,
    List<Measurement> measurements,
    Optional<Divergence> divergence,
    long retainedBytesPerMemory,
    double stepMillis,
    List<Reconstruction> reconstructions,
    Found found) {

  /** At which training step a trial diverged, and what was seen, such as "the loss is NaN". */
  public record Divergence(int step, String reason) {}

  public TrialResult {
    measurements = List.copyOf(measurements);
    reconstructions = List.copyOf(reconstructions);
  }

  /** Of a training alone. */
  public TrialResult(
      Condition condition,
      long seed,
      List<Measurement> measurements,
      Optional<Divergence> divergence,
      long retainedBytesPerMemory,
      double stepMillis) {
    this(
        condition,
        seed,
        measurements,
        divergence,
        retainedBytesPerMemory,
        stepMillis,
        List.of(),
        new Found.Nothing());
  }

  public Trial trial() {
    return new Trial(condition, seed);
  }

  TrialResult with(List<Reconstruction> all) {
    return new TrialResult(
        condition, seed, measurements, divergence, retainedBytesPerMemory, stepMillis, all, found);
  }

  /** The same with what was found beside. */
  public TrialResult with(Found beside) {
    return new TrialResult(
        condition,
        seed,
        measurements,
        divergence,
        retainedBytesPerMemory,
        stepMillis,
        reconstructions,
        beside);
  }
}
