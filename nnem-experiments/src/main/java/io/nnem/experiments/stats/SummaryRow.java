package io.nnem.experiments.stats;

import io.nnem.experiments.config.Condition;
import io.nnem.report.stats.Estimate;

/**
 * What one condition came to.
 *
 * @param accuracy final validation accuracy over the seeds, diverged trials included
 * @param retainedBytesPerMemory the most that a trial kept for a memory beside key and value
 * @param stepMillis time of a training step, in milliseconds; the mean over trials
 */
public record SummaryRow(
    Condition condition,
    Estimate accuracy,
    int diverged,
    long retainedBytesPerMemory,
    double stepMillis) {}
