package io.nnem.experiments.compare;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Journal;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.TrialResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The folder of a run, finished or not, with the trials that ran to their end by condition. */
record Run(
    Path path,
    Journal.Header header,
    ExperimentConfig config,
    Map<Condition, List<TrialResult>> trials) {

  /** Reads a folder; a ConfigException says what is wrong with it. */
  static Run read(Path path) {
    if (!Files.isDirectory(path)) {
      throw new ConfigException(path + ": there is no such folder");
    }
    Journal.Kept kept = Journal.read(path);
    ExperimentConfig config = new ConfigResolver("").file(path.resolve("config.yaml")).resolve();
    Map<Condition, List<TrialResult>> trials =
        kept.results().stream()
            .filter(Run::answers)
            .sorted(byCondition(config).thenComparingLong(TrialResult::seed))
            .collect(
                Collectors.groupingBy(
                    TrialResult::condition, LinkedHashMap::new, Collectors.toList()));
    if (trials.isEmpty()) {
      throw new ConfigException(
          path
              + ": "
              + (kept.results().isEmpty()
                  ? "no trial ran to its end in it"
                  : "nnem " + kept.header().command() + " measures no accuracy")
              + "; there is nothing to compare");
    }
    return new Run(path, kept.header(), config, trials);
  }

  /** Those of the configuration in its order, others after them. */
  private static Comparator<TrialResult> byCondition(ExperimentConfig config) {
    List<Condition> order = config.conditions();
    return Comparator.<TrialResult>comparingInt(
            result -> Math.floorMod(order.indexOf(result.condition()), order.size() + 1))
        .thenComparing(result -> result.condition().name());
  }

  /** Whether its accuracy was measured; one that diverged before counts as 0. */
  private static boolean answers(TrialResult result) {
    return result.divergence().isPresent()
        || result.measurements().stream()
            .anyMatch(measurement -> measurement.split().equals(Measurement.VALIDATION));
  }
}
