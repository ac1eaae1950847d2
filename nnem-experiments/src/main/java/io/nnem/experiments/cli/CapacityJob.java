package io.nnem.experiments.cli;

import io.nnem.datasets.Split;
import io.nnem.experiments.capacity.CapacityPlan;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.report.CapacityFolder;
import io.nnem.experiments.report.CapacityReport;
import io.nnem.experiments.report.FolderReport;
import io.nnem.experiments.report.RunFiles;
import io.nnem.experiments.run.Past;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialRunner;
import io.nnem.report.run.Provenance;
import io.nnem.report.run.RunFolder;
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
  public FolderReport report(RunFolder folder, Provenance provenance, Split data) {
    return new CapacityReport(
        new RunFiles(folder, config, provenance, data.name(), CapacityFolder.call(plan)),
        plan,
        data.training().classes(),
        data.training().observationSize());
  }
}
