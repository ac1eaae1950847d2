package io.nnem.experiments.run;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;

/** Trains a memory network. A placeholder until the learning is there. */
public final class TrainingRunner implements TrialRunner {
  /** Prepares nothing. */
  public TrainingRunner() {}

  @Override
  public TrialResult run(
      Condition condition, long seed, ExperimentConfig config, Split data, TrialListener listener) {
    throw new UnsupportedOperationException("training is not implemented yet");
  }
}
