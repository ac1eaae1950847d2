package io.nnem.experiments.run;

/**
 * Follows all trials of a run. Calls never overlap, whatever thread they come from, so an
 * implementation needs no lock.
 */
public interface TrialObserver {
  /**
   * A trial begins.
   *
   * @param trial which
   */
  default void started(Trial trial) {}

  /**
   * A step of a trial was done; see {@link TrialListener#stepped}.
   *
   * @param trial which
   * @param step steps done so far
   * @param totalSteps steps that the trial has
   * @param latestAccuracy the latest validation accuracy; NaN before the first
   */
  default void stepped(Trial trial, int step, int totalSteps, double latestAccuracy) {}

  /**
   * A step of what is trained before a trial was done.
   *
   * @param trial which
   * @param step steps done so far
   * @param totalSteps steps that it has
   * @param loss the reconstruction loss of the step
   */
  default void pretraining(Trial trial, int step, int totalSteps, double loss) {}

  /**
   * There is something that the user should know, and that stops nothing.
   *
   * @param trial in which it came up
   * @param text a sentence
   */
  default void noted(Trial trial, String text) {}

  /**
   * A model was evaluated.
   *
   * @param measurement what was measured
   */
  default void measured(Measurement measurement) {}

  /**
   * A trial failed, and the others go on.
   *
   * @param trial which
   * @param cause why
   */
  default void failed(Trial trial, Throwable cause) {}

  /**
   * A trial ran to its end.
   *
   * @param trial which
   * @param result what came out
   */
  default void finished(Trial trial, TrialResult result) {}
}
