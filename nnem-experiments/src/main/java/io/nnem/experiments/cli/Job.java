package io.nnem.experiments.cli;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.report.Provenance;
import io.nnem.experiments.report.RunFolder;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialRunner;
import java.io.IOException;
import java.util.List;

/** What an {@link Experiment} runs, and what is left of it. */
interface Job {
  /** The setting, checked already. */
  ExperimentConfig config();

  /** The trials in the order in which they start. */
  List<Trial> trials();

  /** Trains. */
  TrialRunner runner();

  /** Checks that the data suits what is asked for; a ConfigException says what does not. */
  default void requireFit(Split data) {}

  /** The writer of the folder. */
  Report report(RunFolder folder, Provenance provenance, String dataName);

  /** Writes the files of a folder. */
  interface Report {
    /** Writes what is known before the first trial. */
    void begin() throws IOException;

    /** Writes everything; returns what the user is told. */
    String end(Outcome outcome) throws IOException;
  }
}
