package io.nnem.credit;

import io.nnem.core.Addressing;
import io.nnem.core.Loss;

/**
 * How a {@link MemoryNetwork} reads and learns. Start from {@link #classification}, {@link
 * #regression} or {@link #paper}, and change what is to be different.
 *
 * @param addressing how memories are weighed
 * @param loss how answers are compared with targets
 * @param warmupSteps writes at the start in which only the decoder learns and the memory fills
 * @param queryGradient whether the reading's gradient also reaches the embedder through the
 *     queries; the paper stops it there
 * @param reconstructionTrainsEmbedder whether the decoder's loss also trains the embedder: the
 *     paper's unsupervised baseline
 * @param freshensOnReading whether keys that a training step embedded anew take the place of the
 *     stored ones, so that what is read is fresh; for assigners that embed anew
 */
public record LearningSettings(
    Addressing addressing,
    Loss loss,
    int warmupSteps,
    boolean queryGradient,
    boolean reconstructionTrainsEmbedder,
    boolean freshensOnReading) {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if the warm-up is negative
   */
  public LearningSettings {
    if (warmupSteps < 0) {
      throw new IllegalArgumentException(
          "The warm-up must be 0 steps or more, but is " + warmupSteps + ".");
    }
  }

  /**
   * Classification in practice: values and targets are rows of probabilities (one-hot labels), the
   * loss is cross-entropy, readings are the softmax of cosine similarities at temperature 0.1, and
   * gradients flow through keys and queries.
   *
   * @return the settings
   */
  public static LearningSettings classification() {
    return new LearningSettings(Addressing.softmax(0.1), Loss.CROSS_ENTROPY, 0, true, false, false);
  }

  /**
   * Regression: values and targets are real numbers, best of unit order, the loss is half the
   * squared error, and gradients flow through keys and queries: through keys alone an embedder
   * hardly learns real values.
   *
   * @return the settings
   */
  public static LearningSettings regression() {
    return classification().withLoss(Loss.SQUARED_ERROR);
  }

  /**
   * Classification as in the paper: like {@link #classification}, with gradients stopped at the
   * query, so that all that the embedder learns comes through memory.
   *
   * @param warmupSteps writes at the start in which only the decoder learns
   * @return the settings
   */
  public static LearningSettings paper(int warmupSteps) {
    return classification().withQueryGradient(false).withWarmupSteps(warmupSteps);
  }

  /**
   * The same with another addressing.
   *
   * @param other how memories are weighed
   * @return new settings
   */
  public LearningSettings withAddressing(Addressing other) {
    return new LearningSettings(
        other, loss, warmupSteps, queryGradient, reconstructionTrainsEmbedder, freshensOnReading);
  }

  /**
   * The same with another loss.
   *
   * @param other how answers are compared with targets
   * @return new settings
   */
  public LearningSettings withLoss(Loss other) {
    return new LearningSettings(
        addressing,
        other,
        warmupSteps,
        queryGradient,
        reconstructionTrainsEmbedder,
        freshensOnReading);
  }

  /**
   * The same with another warm-up.
   *
   * @param steps writes at the start in which only the decoder learns
   * @return new settings
   */
  public LearningSettings withWarmupSteps(int steps) {
    return new LearningSettings(
        addressing, loss, steps, queryGradient, reconstructionTrainsEmbedder, freshensOnReading);
  }

  /**
   * The same with the gradient through the queries on or off.
   *
   * @param on whether it reaches the embedder
   * @return new settings
   */
  public LearningSettings withQueryGradient(boolean on) {
    return new LearningSettings(
        addressing, loss, warmupSteps, on, reconstructionTrainsEmbedder, freshensOnReading);
  }

  /**
   * The same with the decoder's loss training the embedder, or not.
   *
   * @param on whether it does
   * @return new settings
   */
  public LearningSettings withReconstructionTrainsEmbedder(boolean on) {
    return new LearningSettings(
        addressing, loss, warmupSteps, queryGradient, on, freshensOnReading);
  }

  /**
   * The same with freshening on reading, or without.
   *
   * @param on whether keys that were embedded anew are written back
   * @return new settings
   */
  public LearningSettings withFresheningOnReading(boolean on) {
    return new LearningSettings(
        addressing, loss, warmupSteps, queryGradient, reconstructionTrainsEmbedder, on);
  }
}
