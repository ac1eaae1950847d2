package io.nnem.experiments.cli;

import io.nnem.datasets.Split;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.decoders.CalibrationRow;
import io.nnem.experiments.decoders.DecodersPlan;
import io.nnem.experiments.decoders.DecodersRow;
import io.nnem.experiments.decoders.DecodersRunner;
import io.nnem.experiments.decoders.DecodersSummary;
import io.nnem.experiments.report.DecodersReport;
import io.nnem.experiments.report.Provenance;
import io.nnem.experiments.report.RunFolder;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Past;
import io.nnem.experiments.run.Trial;
import java.io.IOException;
import java.util.ArrayList;
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
  public Report report(RunFolder folder, Provenance provenance, Split data) {
    DecodersReport report = new DecodersReport(folder, config, plan, provenance, data.name());
    return new Report() {
      @Override
      public void begin(Past past) throws IOException {
        report.begin();
      }

      @Override
      public String end(Outcome outcome) throws IOException {
        List<DecodersRow> rows = runner.rows();
        report.end(outcome, rows, runner.calibrations());
        return words(DecodersSummary.of(rows), runner.calibrations());
      }
    };
  }

  private static String words(List<DecodersSummary> summaries, List<CalibrationRow> calibrations) {
    List<String> all = new ArrayList<>();
    summaries.forEach(summary -> all.add(summary.condition() + " " + summary.words()));
    summaries.forEach(
        summary ->
            DecodersSummary.calibrationWords(summary.condition(), calibrations)
                .ifPresent(all::add));
    StringBuilder text = new StringBuilder();
    all.forEach(sentence -> text.append(sentence).append(System.lineSeparator()));
    return text.toString();
  }
}
