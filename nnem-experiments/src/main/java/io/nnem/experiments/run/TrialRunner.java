package io.nnem.experiments.run;

import io.nnem.credit.MemoryNetwork;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import java.io.IOException;

/** Trains one condition with one seed. Several trials may run at the same time. */
@FunctionalInterface
public interface TrialRunner {
  /**
   * Runs a trial. Its result depends on the condition, the seed, the configuration and the data
   * alone, not on other trials.
   *
   * @param condition what to train
   * @param seed where all randomness comes from
   * @param config the setting, with the condition's own laid over it; which conditions, how many
   *     seeds and how many jobs it names is not for the runner
   * @param data what to learn from, and to evaluate on
   * @param listener is told of every step and every measurement, from this thread; after it says
   *     {@link TrialListener#cancelled()} the runner returns what it has, or throws {@code
   *     InterruptedException}
   * @return what came out; a trial that diverges returns normally
   * @throws InterruptedException if the thread is interrupted
   */
  TrialResult run(
      Condition condition, long seed, ExperimentConfig config, Split data, TrialListener listener)
      throws InterruptedException;

  /** The same, which hands over the network of each trial that did not diverge. */
  default TrialRunner keeping(Keeper keeper) {
    return this;
  }

  /** Takes a trained network before it is released. */
  @FunctionalInterface
  interface Keeper {
    /** In the trial's thread; the network stays its owner's. */
    void keep(Trial trial, ExperimentConfig config, Split data, MemoryNetwork<?> network)
        throws IOException;
  }
}
