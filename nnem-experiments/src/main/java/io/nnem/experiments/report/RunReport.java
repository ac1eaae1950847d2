package io.nnem.experiments.report;

import io.nnem.experiments.config.ConfigWriter;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.stats.Analysis;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;

/** Writes the files of a run folder. */
public final class RunReport {
  private final RunFolder folder;
  private final ExperimentConfig config;
  private final Provenance provenance;
  private final String dataName;

  /**
   * A report on one run.
   *
   * @param folder where it goes
   * @param config the setting
   * @param provenance where the numbers come from
   * @param dataName what the data is called
   */
  public RunReport(
      RunFolder folder, ExperimentConfig config, Provenance provenance, String dataName) {
    this.folder = folder;
    this.config = config;
    this.provenance = provenance;
    this.dataName = Subtitles.data(dataName);
  }

  /**
   * Draws for nobody to see, so that a machine that cannot draw says so before the training and not
   * after it. It also loads all that drawing needs: once an interrupted program is on its way out,
   * Java refuses to.
   *
   * @throws IllegalStateException if nothing can be drawn here
   */
  public static void requireDrawing() {
    try {
      JFreeChart empty = LearningCurveChart.of("title", "subtitle", List.of());
      Pictures.svg(empty);
      Pictures.png(empty);
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      throw new IllegalStateException(
          "figures cannot be drawn on this machine ("
              + e
              + "); Java needs fontconfig and a font, on Debian: apt-get install fontconfig"
              + " fonts-dejavu-core",
          e);
    }
  }

  /**
   * Writes what is known before the first trial: {@code config.yaml} and {@code provenance.json}.
   *
   * @throws IOException if a file cannot be written
   */
  public void begin() throws IOException {
    folder.write("config.yaml", ConfigWriter.yaml(config));
    folder.write("provenance.json", provenance.json());
  }

  /**
   * Writes all files. Of a run that did not end they show the trials that did; {@code metrics.csv}
   * has everything that was measured.
   *
   * @param outcome what came out
   * @param analysis what it says
   * @throws IOException if a file cannot be written
   */
  public void end(Outcome outcome, Analysis analysis) throws IOException {
    folder.write("metrics.csv", Tables.metrics(outcome.measurements()));
    folder.write("provenance.json", provenance.json());
    folder.write("summary.csv", Tables.summary(analysis.summary()));
    folder.write("comparisons.csv", Tables.comparisons(analysis.comparisons()));
    if (outcome.results().stream().anyMatch(result -> result.divergence().isPresent())) {
      folder.write("divergences.csv", Tables.divergences(outcome.results()));
    }
    if (outcome.results().isEmpty()) {
      return;
    }
    if (!outcome.staleness().isEmpty()) {
      folder.write("staleness.csv", Tables.staleness(outcome.staleness()));
      JFreeChart stale = StalenessFigure.chart(subtitle(), outcome.staleness());
      folder.write("staleness.svg", Pictures.svg(stale));
      folder.write("staleness.png", Pictures.png(stale));
    }
    folder.write("report.html", page(outcome, analysis));
    JFreeChart chart = LearningCurveChart.of(title(), subtitle(), analysis.curves());
    folder.write("figure.svg", Pictures.svg(chart));
    folder.write("figure.png", Pictures.png(chart));
  }

  private String page(Outcome outcome, Analysis analysis) {
    List<Section> sections =
        new ArrayList<>(
            List.of(
                FigureSections.learningCurves(analysis.curves()),
                FigureSections.summary(analysis.summary()),
                FigureSections.comparisons(analysis.comparisons()),
                FigureSections.divergences(analysis.curves())));
    if (!outcome.staleness().isEmpty()) {
      sections.add(StalenessFigure.section(outcome.staleness()));
    }
    sections.add(SettingSections.configuration(ConfigWriter.yaml(config)));
    sections.add(SettingSections.provenance(provenance));
    return ReportPage.of(title(), subtitle(), notice(outcome), sections);
  }

  private static String title() {
    return "Credit assignment to external memory";
  }

  private String subtitle() {
    String seeds = Subtitles.seeds(config.seeds());
    return dataName
        + ", "
        + config.capacity()
        + " memories, batches of "
        + config.batch()
        + ", "
        + seeds;
  }

  /** What the reader must know first of a run that did not end; empty of one that did. */
  static String notice(Outcome outcome) {
    return outcome.notice(
        "run", ", and only they are shown. metrics.csv has everything that was measured.");
  }
}
