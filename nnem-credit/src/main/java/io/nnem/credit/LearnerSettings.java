package io.nnem.credit;

import io.nnem.core.Addressing;
import io.nnem.core.Loss;

/**
 * How a {@link MemoryLearner} learns.
 *
 * @param addressing how memories are weighed
 * @param loss how answers are compared with values
 * @param warmupSteps steps at the start in which only the decoder learns and the memory fills
 * @param queryGradient whether the reading's gradient also reaches the embedder through the
 *     queries; the paper stops it there
 * @param reconstructionTrainsEmbedder whether the decoder's loss also trains the embedder: the
 *     paper's unsupervised baseline
 */
public record LearnerSettings(
    Addressing addressing,
    Loss loss,
    int warmupSteps,
    boolean queryGradient,
    boolean reconstructionTrainsEmbedder) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the warm-up is negative
   */
  public LearnerSettings {
    if (warmupSteps < 0) {
      throw new IllegalArgumentException(
          "The warm-up must be 0 steps or more, but is " + warmupSteps + ".");
    }
  }

  /**
   * Classification as in the paper: cross-entropy, softmax of cosine similarities at temperature
   * 0.1, gradients stopped at the query.
   *
   * @param warmupSteps steps at the start in which only the decoder learns
   * @return the settings
   */
  public static LearnerSettings classification(int warmupSteps) {
    return new LearnerSettings(
        Addressing.softmax(0.1), Loss.CROSS_ENTROPY, warmupSteps, false, false);
  }
}
