package io.nnem.experiments.engine;

import io.nnem.datasets.Split;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.run.TrialRunner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What an {@link Engine} runs.
 *
 * @param trials in the order in which they start
 * @param runner trains
 * @param found what it finds beside measurements
 * @param fit checks that the data suits what is asked for; a ConfigException says what does not
 * @param report the writer of the folder
 * @param further the trials that follow when all until then have ended; see {@link #then}
 */
public record Job(
    List<Trial> trials,
    TrialRunner runner,
    Class<? extends Found> found,
    Consumer<Split> fit,
    BiFunction<RunFiles, Split, FolderReport> report,
    Function<List<TrialResult>, List<Trial>> further) {

  /** A job that any data suits. */
  public Job(
      List<Trial> trials,
      TrialRunner runner,
      Class<? extends Found> found,
      BiFunction<RunFiles, Split, FolderReport> report) {
    this(trials, runner, found, data -> {}, report);
  }

  /** A job without further trials. */
  public Job(
      List<Trial> trials,
      TrialRunner runner,
      Class<? extends Found> found,
      Consumer<Split> fit,
      BiFunction<RunFiles, Split, FolderReport> report) {
    this(trials, runner, found, fit, report, done -> List.of());
  }

  /**
   * The same with trials that follow when all until then have ended; none when there is nothing
   * more to run. They are chosen from the results, in the order of their trials, and the same
   * results must give the same trials.
   */
  public Job then(Function<List<TrialResult>, List<Trial>> next) {
    return new Job(trials, runner, found, fit, report, next);
  }

  /** The trials that there are to run, as far as that is known from some results. */
  List<Trial> known(List<TrialResult> results) {
    Map<Trial, TrialResult> byTrial = new HashMap<>();
    results.forEach(result -> byTrial.put(result.trial(), result));
    List<Trial> known = new ArrayList<>(trials);
    for (List<Trial> more = trials; !more.isEmpty() && byTrial.keySet().containsAll(more); ) {
      more = further.apply(known.stream().map(byTrial::get).toList());
      known.addAll(more);
    }
    return known;
  }
}
