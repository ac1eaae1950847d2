package io.nnem.experiments.cli;

import io.nnem.datasets.Split;
import io.nnem.experiments.audit.AuditPlan;
import io.nnem.experiments.audit.AuditRunner;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.report.AuditReport;
import io.nnem.experiments.report.FolderReport;
import io.nnem.experiments.report.RunFiles;
import io.nnem.experiments.run.Trial;
import io.nnem.report.run.Provenance;
import io.nnem.report.run.RunFolder;
import java.util.List;
import java.util.stream.LongStream;

/** One condition with every seed, and how true the credit of all is on the way. */
record AuditJob(ExperimentConfig config, AuditPlan plan, AuditRunner runner) implements Job {
  @Override
  public List<Trial> trials() {
    return LongStream.rangeClosed(1, config.seeds())
        .mapToObj(seed -> new Trial(plan.train(), seed))
        .toList();
  }

  @Override
  public FolderReport report(RunFolder folder, Provenance provenance, Split data) {
    String call = "# nnem audit --config config.yaml " + plan.options() + "\n";
    return new AuditReport(
        new RunFiles(folder, config, provenance, data.name(), call), plan, runner);
  }
}
