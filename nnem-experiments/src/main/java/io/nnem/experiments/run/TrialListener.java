package io.nnem.experiments.run;

import io.nnem.experiments.config.Condition;

/** Follows one trial. Called by the thread that runs it. */
public interface TrialListener {
  /**
   * A step was done.
   *
   * @param step steps done so far, warm-up included
   * @param totalSteps steps that the trial has, warm-up included
   * @param latestAccuracy the latest validation accuracy; NaN before the first
   */
  void stepped(int step, int totalSteps, double latestAccuracy);

  /**
   * The model was evaluated. The measurement is in a file when this returns.
   *
   * @param measurement what was measured
   */
  void measured(Measurement measurement);

  /**
   * A step of the training beforehand was done.
   *
   * @param step steps done so far
   * @param totalSteps steps that it has
   * @param loss the reconstruction loss of the step
   */
  default void pretraining(int step, int totalSteps, double loss) {}

  /**
   * A decoder was measured.
   *
   * @param reconstruction what was measured
   */
  default void reconstructed(Reconstruction reconstruction) {}

  /**
   * There is something that the user should know, and that stops nothing.
   *
   * @param text a sentence
   */
  default void noted(String text) {}

  /**
   * A condition that goes along with the trial failed. The trial goes on without it.
   *
   * @param condition which; not what the trial trains, or not as what it trains
   * @param cause why
   */
  void failed(Condition condition, RuntimeException cause);

  /**
   * Whether the trial should end now.
   *
   * @return true from then on
   */
  boolean cancelled();

  /**
   * Ends a trial that should end now.
   *
   * @param step where it is, in words
   * @throws InterruptedException if it should
   */
  default void requireNotCancelled(String step) throws InterruptedException {
    if (cancelled()) {
      throw new InterruptedException("cancelled at " + step);
    }
  }
}
