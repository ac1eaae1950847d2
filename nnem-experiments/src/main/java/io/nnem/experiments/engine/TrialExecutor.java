package io.nnem.experiments.engine;

import io.nnem.core.Options;
import io.nnem.core.Plugin;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.run.Trials;

/**
 * Runs trials, on this machine or on others. Where more than one is found, {@code --executor NAME}
 * chooses; their {@linkplain #options options} are {@code --NAME VALUE} then.
 */
public interface TrialExecutor extends Plugin {
  /**
   * Runs the {@linkplain Trials#left trials that are left}, each by {@link Trials#run}, or
   * elsewhere and handed over by {@link Trials#received}, until all have ended or {@link
   * Trials#ending} says that no more are wanted. What comes out does not depend on the executor.
   *
   * @param work what to run
   */
  void run(Work work);

  /**
   * What an executor runs.
   *
   * @param call what the job was made from; another program that has the same plug-ins makes the
   *     same job from it, by {@link Jobs}
   * @param job trials and their runner
   * @param options what the executor's options are set to
   * @param catalogue the plug-ins there are, and on which path
   * @param trials which are left, and what has come of them
   */
  record Work(Call call, Job job, Options options, Catalogue catalogue, Trials trials) {}
}
