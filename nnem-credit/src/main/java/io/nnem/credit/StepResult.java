package io.nnem.credit;

import io.nnem.memory.Slots;

/**
 * What a training step saw, before it changed anything, and where it wrote.
 *
 * @param loss of the answers that the memory gave; NaN in steps that read nothing (warm-up, or an
 *     empty memory)
 * @param reconstructionLoss of the decoder; NaN where none learns
 * @param written the slots that the observations took, row by row
 */
public record StepResult(double loss, double reconstructionLoss, Slots written) {}
