package io.nnem.experiments.report;

import io.nnem.experiments.config.ConfigWriter;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.decoders.CalibrationRow;
import io.nnem.experiments.decoders.DecodersPlan;
import io.nnem.experiments.decoders.DecodersRow;
import io.nnem.experiments.decoders.DecodersSummary;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.TrialResult;
import java.io.IOException;
import java.util.List;
import org.jfree.chart.JFreeChart;

/** Writes the files of the folder of {@code nnem decoders}. */
public final class DecodersReport {
  private final RunFolder folder;
  private final ExperimentConfig config;
  private final DecodersPlan plan;
  private final Provenance provenance;
  private final String dataName;

  /**
   * A report on one run.
   *
   * @param folder where it goes
   * @param config the setting
   * @param plan what is trained
   * @param provenance where the numbers come from
   * @param dataName what the data is called
   */
  public DecodersReport(
      RunFolder folder,
      ExperimentConfig config,
      DecodersPlan plan,
      Provenance provenance,
      String dataName) {
    this.folder = folder;
    this.config = config;
    this.plan = plan;
    this.provenance = provenance;
    this.dataName = Subtitles.data(dataName);
  }

  /**
   * Writes what is known before the first trial: {@code config.yaml} and {@code provenance.json}.
   *
   * @throws IOException if a file cannot be written
   */
  public void begin() throws IOException {
    folder.write("config.yaml", yaml());
    folder.write("provenance.json", provenance.json());
  }

  /** The options that are no settings of the experiment are kept as a comment. */
  private String yaml() {
    return "# nnem decoders --config config.yaml "
        + plan.options()
        + "\n"
        + ConfigWriter.yaml(config);
  }

  /**
   * Writes all files. Of a run that did not end they show what was measured.
   *
   * @param outcome what came out of the training
   * @param rows how images were reconstructed
   * @param calibrations how uncertainty and error went together
   * @throws IOException if a file cannot be written
   */
  public void end(Outcome outcome, List<DecodersRow> rows, List<CalibrationRow> calibrations)
      throws IOException {
    folder.write("provenance.json", provenance.json());
    folder.write("decoders.csv", DecodersTables.reconstruction(rows));
    folder.write("calibration.csv", DecodersTables.calibration(calibrations));
    if (rows.isEmpty()) {
      return;
    }
    List<DecodersSummary> summaries = DecodersSummary.of(rows);
    folder.write(
        "report.html",
        ReportPage.of(
            title(),
            subtitle(),
            notice(outcome),
            List.of(
                DecodersSections.figure(summaries),
                DecodersSections.findings(summaries, calibrations),
                DecodersSections.reconstruction(summaries),
                DecodersSections.calibration(summaries, calibrations),
                SettingSections.configuration(yaml()),
                SettingSections.provenance(provenance))));
    JFreeChart chart = DecodersChart.of(title(), subtitle(), DecodersChart.curves(summaries));
    folder.write("decoders.svg", Pictures.svg(chart));
    folder.write("decoders.png", Pictures.png(chart));
  }

  private static String title() {
    return "What decoders make of images that they have not seen";
  }

  private String subtitle() {
    String seeds = Subtitles.seeds(config.seeds());
    return dataName
        + ", codes of "
        + config.embeddingSize()
        + " floats, batches of "
        + config.pretrainBatch()
        + ", lines are decoder/training images, "
        + seeds;
  }

  private static String notice(Outcome outcome) {
    String diverged =
        String.join(
            " ",
            outcome.results().stream()
                .filter(result -> result.divergence().isPresent())
                .map(DecodersReport::words)
                .toList());
    return outcome.notice("run", ". What was measured is shown.") + diverged;
  }

  private static String words(TrialResult result) {
    return result.condition()
        + ", seed "
        + result.seed()
        + ", diverged at step "
        + result.divergence().orElseThrow().step()
        + " and is shown up to there.";
  }
}
