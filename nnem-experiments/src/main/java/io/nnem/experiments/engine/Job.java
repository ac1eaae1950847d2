package io.nnem.experiments.engine;

import io.nnem.datasets.Split;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialRunner;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What an {@link Engine} runs.
 *
 * @param trials in the order in which they start
 * @param runner trains
 * @param found what it finds beside measurements
 * @param fit checks that the data suits what is asked for; a ConfigException says what does not
 * @param report the writer of the folder
 */
public record Job(
    List<Trial> trials,
    TrialRunner runner,
    Class<? extends Found> found,
    Consumer<Split> fit,
    BiFunction<RunFiles, Split, FolderReport> report) {

  /** A job that any data suits. */
  public Job(
      List<Trial> trials,
      TrialRunner runner,
      Class<? extends Found> found,
      BiFunction<RunFiles, Split, FolderReport> report) {
    this(trials, runner, found, data -> {}, report);
  }
}
