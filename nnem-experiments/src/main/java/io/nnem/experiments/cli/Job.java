package io.nnem.experiments.cli;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.report.Provenance;
import io.nnem.experiments.report.RunFolder;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Past;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialObserver;
import io.nnem.experiments.run.TrialRunner;
import java.io.IOException;
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
  Report report(RunFolder folder, Provenance provenance, Split data);

  /** Writes the files of a folder. */
  interface Report {
    /** Writes what is known before the first trial. */
    void begin(Past past) throws IOException;

    /** Follows the trials, for what is written while they run. */
    default TrialObserver observer() {
      return new TrialObserver() {};
    }

    /** Writes everything; returns what the user is told. */
    String end(Outcome outcome) throws IOException;
  }
}
