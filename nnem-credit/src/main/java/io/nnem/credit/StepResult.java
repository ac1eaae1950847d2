package io.nnem.credit;

/**
 * What a training step saw, before it changed anything.
 *
 * @param loss of the answers that the memory gave; NaN in steps that read nothing (warm-up, or an
 *     empty memory)
 * @param reconstructionLoss of the decoder; NaN where there is none
 */
public record StepResult(double loss, double reconstructionLoss) {}
