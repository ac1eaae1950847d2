package io.nnem.experiments.config;

import jakarta.validation.constraints.Min;

/**
 * How long is trained, in what batches, and how gradients become updates.
 *
 * @param steps training steps with credit, one batch each
 * @param warmupSteps steps before them, in which only the decoder learns
 * @param batch observations in a step; each is a query first and a memory afterwards
 * @param clipNorm largest norm of a gradient; 0 for no limit
 */
public record TrainingConfig(
    @Min(1) int steps,
    @Min(0) int warmupSteps,
    @Min(1) int batch,
    @OneOf({"adam", "sgd"}) String optimiser,
    @Finite(orZero = true, message = "must be a finite number, 0 (no limit) or above")
        double clipNorm) {

  /** Those with credit and those before them. */
  public int totalSteps() {
    return Math.addExact(warmupSteps, steps);
  }
}
