package io.nnem.experiments.run;

/**
 * When and why a trial diverged.
 *
 * @param step the training step at which it was found
 * @param reason what was seen, such as "the loss is NaN"
 */
public record Divergence(int step, String reason) {}
