package io.nnem.experiments.config;

import jakarta.validation.constraints.Min;

/**
 * When and on how much is measured what was learned.
 *
 * @param evaluateEvery steps between two evaluations on the validation images
 * @param evaluationImages how many validation images an evaluation classifies, if there are as many
 */
public record EvaluationConfig(@Min(1) int evaluateEvery, @Min(1) int evaluationImages) {

  /** Whether an evaluation follows a step; after the last there always is one. */
  public boolean isDue(int step, int last) {
    return step % evaluateEvery == 0 || step == last;
  }
}
