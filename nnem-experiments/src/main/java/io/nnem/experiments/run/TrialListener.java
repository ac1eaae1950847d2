package io.nnem.experiments.run;

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
   * Whether the trial should end now.
   *
   * @return true from then on
   */
  boolean cancelled();
}
