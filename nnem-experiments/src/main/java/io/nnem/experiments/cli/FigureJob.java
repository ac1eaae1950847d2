package io.nnem.experiments.cli;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.report.FolderReport;
import io.nnem.experiments.report.RunFiles;
import io.nnem.experiments.report.RunReport;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialRunner;
import io.nnem.experiments.run.Trials;
import io.nnem.report.run.Provenance;
import io.nnem.report.run.RunFolder;
import java.util.List;

/** Every condition with every seed, and the figure of their accuracies. */
record FigureJob(ExperimentConfig config, TrialRunner runner) implements Job {
  @Override
  public List<Trial> trials() {
    return Trials.plan(config);
  }

  @Override
  public FolderReport report(RunFolder folder, Provenance provenance, Split data) {
    return new RunReport(new RunFiles(folder, config, provenance, data.name(), ""));
  }
}
