package io.nnem.experiments.run;

/** What happens in a run. Events are told one at a time, whatever threads the trials run on. */
public sealed interface TrialEvent {
  /** The trial in which it happens. */
  Trial trial();

  /** A trial begins. */
  record Started(Trial trial) implements TrialEvent {}

  /** A step was done; see {@link TrialListener#stepped}. */
  record Stepped(Trial trial, int step, int totalSteps, double latestAccuracy)
      implements TrialEvent {}

  /** A step of what is trained before the trial was done; see {@link TrialListener#pretraining}. */
  record Pretraining(Trial trial, int step, int totalSteps, double loss) implements TrialEvent {}

  /** There is something that the user should know, and that stops nothing. */
  record Noted(Trial trial, String text) implements TrialEvent {}

  /** A model was evaluated. */
  record Measured(Trial trial, Measurement measurement) implements TrialEvent {}

  /** A trial failed, and the others go on. */
  record Failed(Trial trial, Throwable cause) implements TrialEvent {}

  /** A trial ran to its end. */
  record Finished(Trial trial, TrialResult result) implements TrialEvent {}
}
