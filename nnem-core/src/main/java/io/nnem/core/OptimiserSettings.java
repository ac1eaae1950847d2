package io.nnem.core;

import java.util.List;

/**
 * How parameters learn.
 *
 * @param rule what a step makes of gradients
 * @param learningRate how large the steps are
 * @param clipNorm gradients together longer than this are shortened to it; 0 for never
 */
public record OptimiserSettings(Rule rule, LearningRate learningRate, double clipNorm) {

  /** The rules there are. */
  public sealed interface Rule {}

  /**
   * Adam (Kingma and Ba 2014), with decoupled weight decay (Loshchilov and Hutter 2017, arXiv
   * 1711.05101).
   *
   * @param weightDecay each step first takes {@code learning rate * weightDecay * p} from each
   *     parameter {@code p}; 0 for none
   */
  public record AdamRule(double weightDecay) implements Rule {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public AdamRule {
      if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
        throw new IllegalArgumentException(
            "The weight decay must be a finite number, 0 or above, but it is " + weightDecay + ".");
      }
    }
  }

  /**
   * Gradient descent with momentum.
   *
   * @param momentum the part of the last step's velocity that goes on, below 1; 0 for none
   */
  public record SgdRule(double momentum) implements Rule {

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative, or 1 or more
     */
    public SgdRule {
      if (!(momentum >= 0 && momentum < 1)) {
        throw new IllegalArgumentException(
            "The momentum must be 0 or above and below 1, but it is " + momentum + ".");
      }
    }
  }

  /**
   * Checks the norm.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public OptimiserSettings {
    if (!(clipNorm >= 0)) {
      throw new IllegalArgumentException(
          "The norm to clip at must be 0 (never) or above, but it is " + clipNorm + ".");
    }
  }

  /**
   * Adam without weight decay or clipping.
   *
   * @param learningRate step size, above 0
   * @return the settings
   */
  public static OptimiserSettings adam(double learningRate) {
    return adam(learningRate, 0);
  }

  /**
   * Adam with decoupled weight decay ("AdamW"), without clipping.
   *
   * @param learningRate step size, above 0
   * @param weightDecay at least 0
   * @return the settings
   */
  public static OptimiserSettings adam(double learningRate, double weightDecay) {
    return new OptimiserSettings(
        new AdamRule(weightDecay), new LearningRate.Constant(learningRate), 0);
  }

  /**
   * Gradient descent without momentum or clipping.
   *
   * @param learningRate step size, above 0
   * @return the settings
   */
  public static OptimiserSettings sgd(double learningRate) {
    return sgd(learningRate, 0);
  }

  /**
   * Gradient descent with momentum, without clipping.
   *
   * @param learningRate step size, above 0
   * @param momentum from 0 to less than 1
   * @return the settings
   */
  public static OptimiserSettings sgd(double learningRate, double momentum) {
    return new OptimiserSettings(new SgdRule(momentum), new LearningRate.Constant(learningRate), 0);
  }

  /**
   * These settings with clipping.
   *
   * @param norm gradients together longer than this are shortened to it; 0 for never
   * @return new settings
   */
  public OptimiserSettings clippedAt(double norm) {
    return new OptimiserSettings(rule, learningRate, norm);
  }

  /**
   * These settings with another learning rate, as one that warms up.
   *
   * @param rate the rate of each step
   * @return new settings
   */
  public OptimiserSettings at(LearningRate rate) {
    return new OptimiserSettings(rule, rate, clipNorm);
  }

  /**
   * A new optimiser.
   *
   * @param tensors the back end
   * @param parameters what it updates
   * @param <T> the matrix type
   * @return the optimiser, to be closed by the caller
   */
  public <T> Optimiser<T> create(Tensors<T> tensors, List<Parameter<T>> parameters) {
    return rule instanceof SgdRule sgd
        ? new Sgd<>(tensors, parameters, learningRate, sgd.momentum(), clipNorm)
        : new Adam<>(tensors, parameters, learningRate, ((AdamRule) rule).weightDecay(), clipNorm);
  }
}
