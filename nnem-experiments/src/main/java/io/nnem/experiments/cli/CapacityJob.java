package io.nnem.experiments.cli;

import io.nnem.datasets.Split;
import io.nnem.experiments.capacity.CapacityAnalysis;
import io.nnem.experiments.capacity.CapacityPlan;
import io.nnem.experiments.capacity.CapacitySummary;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.report.CapacityFolder;
import io.nnem.experiments.report.CapacityReport;
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

/** Every condition with every seed at every capacity. */
record CapacityJob(
    ExperimentConfig config, CapacityPlan plan, TrialRunner runner, Optional<Path> resumed)
    implements Job {
  @Override
  public List<Trial> trials() {
    return plan.trials(config);
  }

  @Override
  public Past past(Split data) {
    return resumed
        .map(folder -> new CapacityFolder(folder).read(config, plan, data))
        .orElseGet(Past::none);
  }

  @Override
  public Report report(RunFolder folder, Provenance provenance, Split data) {
    CapacityReport report = new CapacityReport(folder, config, plan, provenance, data);
    return new Report() {
      @Override
      public void begin(Past past) throws IOException {
        report.begin(past);
      }

      @Override
      public TrialObserver observer() {
        return report;
      }

      @Override
      public String end(Outcome outcome) throws IOException {
        CapacityAnalysis analysis = report.analyse(outcome);
        report.end(outcome, analysis);
        List<CapacitySummary> rows = analysis.summaries();
        return rows.isEmpty() ? "" : ResultTable.ofCapacities(rows);
      }
    };
  }
}
