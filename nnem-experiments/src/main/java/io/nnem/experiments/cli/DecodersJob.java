package io.nnem.experiments.cli;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.decoders.DecodersPlan;
import io.nnem.experiments.decoders.DecodersRunner;
import io.nnem.experiments.report.DecodersReport;
import io.nnem.experiments.report.FolderReport;
import io.nnem.experiments.report.RunFiles;
import io.nnem.experiments.run.Trial;
import io.nnem.report.run.Provenance;
import io.nnem.report.run.RunFolder;
import java.util.List;

/** Each decoder with each number of training images and every seed. */
record DecodersJob(ExperimentConfig config, DecodersPlan plan, DecodersRunner runner)
    implements Job {
  @Override
  public List<Trial> trials() {
    return plan.trials(config.seeds());
  }

  @Override
  public void requireFit(Split data) {
    plan.requireEnough(data.training());
  }

  @Override
  public FolderReport report(RunFolder folder, Provenance provenance, Split data) {
    String call = "# nnem decoders --config config.yaml " + plan.options() + "\n";
    return new DecodersReport(
        new RunFiles(folder, config, provenance, data.name(), call), plan, runner);
  }
}
