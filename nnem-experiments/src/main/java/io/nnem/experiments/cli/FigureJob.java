package io.nnem.experiments.cli;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.report.Provenance;
import io.nnem.experiments.report.RunFolder;
import io.nnem.experiments.report.RunReport;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Past;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialRunner;
import io.nnem.experiments.run.Trials;
import io.nnem.experiments.stats.Analysis;
import java.io.IOException;
import java.util.List;

/** Every condition with every seed, and the figure of their accuracies. */
record FigureJob(ExperimentConfig config, TrialRunner runner) implements Job {
  @Override
  public List<Trial> trials() {
    return Trials.plan(config);
  }

  @Override
  public Report report(RunFolder folder, Provenance provenance, Split data) {
    RunReport report = new RunReport(folder, config, provenance, data.name());
    return new Report() {
      @Override
      public void begin(Past past) throws IOException {
        report.begin();
      }

      @Override
      public String end(Outcome outcome) throws IOException {
        Analysis analysis = Analysis.of(outcome.results());
        report.end(outcome, analysis);
        return analysis.summary().isEmpty() ? "" : ResultTable.of(analysis.summary());
      }
    };
  }
}
