package io.nnem.experiments.engine;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialRunner;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What an {@link Experiment} runs.
 *
 * @param config the setting, checked already
 * @param plan the options of the command that are no settings, in order
 * @param trials in the order in which they start
 * @param runner trains
 * @param found what it finds beside measurements
 * @param fit checks that the data suits what is asked for; a ConfigException says what does not
 * @param report the writer of the folder
 */
public record Job(
    ExperimentConfig config,
    Map<String, String> plan,
    List<Trial> trials,
    TrialRunner runner,
    Class<? extends Found> found,
    Consumer<Split> fit,
    BiFunction<RunFiles, Split, FolderReport> report) {

  /** How the options that are no settings are kept in {@code config.yaml}: as a comment. */
  public String call(String command) {
    return plan.isEmpty()
        ? ""
        : plan.entrySet().stream()
            .map(option -> " " + option.getKey() + " " + option.getValue())
            .collect(Collectors.joining("", "# nnem " + command + " --config config.yaml", "\n"));
  }
}
