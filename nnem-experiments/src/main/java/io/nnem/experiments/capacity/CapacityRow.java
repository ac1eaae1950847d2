package io.nnem.experiments.capacity;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.stats.TrialCurve;

/**
 * What one trial came to.
 *
 * @param condition what was trained, without its capacity
 * @param accuracy validation accuracy at the last step; of a trial that diverged, its last finite
 *     one
 * @param bytesPerMemory key, value, and what is kept beside them; four bytes for each float
 * @param keptBytes what is kept beside key and value alone
 */
public record CapacityRow(
    Condition condition,
    int capacity,
    long seed,
    double accuracy,
    long bytesPerMemory,
    long keptBytes,
    double stepMillis,
    boolean diverged) {

  /** Of a trial that ran to its end, whose condition has its capacity as a setting of its own. */
  public static CapacityRow of(TrialResult result, ExperimentConfig config, int classes) {
    Condition at = result.condition();
    long kept = result.retainedBytesPerMemory();
    return new CapacityRow(
        at.without(CapacityPlan.KEY),
        config.forCondition(at).memory().capacity(),
        result.seed(),
        new TrialCurve(result).last(),
        keyAndValue(at, config, classes) + kept,
        kept,
        result.stepMillis(),
        result.divergence().isPresent());
  }

  /** Bytes of a key and its value, four for each float; 0 for what has no memory. */
  public static long keyAndValue(Condition condition, ExperimentConfig config, int classes) {
    return condition.isClassifier()
        ? 0
        : 4L * (config.forCondition(condition).network().embeddingSize() + classes);
  }
}
