package io.nnem.experiments.cli;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.report.FolderReport;
import io.nnem.experiments.run.Past;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialRunner;
import io.nnem.report.run.Provenance;
import io.nnem.report.run.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an {@link Experiment} runs, and what is left of it. */
interface Job {
  /** The setting, checked already. */
  ExperimentConfig config();

  /** The trials in the order in which they start. */
  List<Trial> trials();

  /** Trains. */
  TrialRunner runner();

  /** The folder of an earlier run that this one goes on with. */
  default Optional<Path> resumed() {
    return Optional.empty();
  }

  /** What is done already. */
  default Past past(Split data) {
    return Past.none();
  }

  /** Checks that the data suits what is asked for; a ConfigException says what does not. */
  default void requireFit(Split data) {}

  /** The writer of the folder. */
  FolderReport report(RunFolder folder, Provenance provenance, Split data);
}
