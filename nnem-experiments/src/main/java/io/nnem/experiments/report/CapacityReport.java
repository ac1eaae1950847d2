package io.nnem.experiments.report;

import io.nnem.datasets.Split;
import io.nnem.experiments.capacity.CapacityAnalysis;
import io.nnem.experiments.capacity.CapacityPlan;
import io.nnem.experiments.capacity.CapacityRow;
import io.nnem.experiments.config.ConfigWriter;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Past;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialObserver;
import io.nnem.experiments.run.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.jfree.chart.JFreeChart;

/** Writes the files of a folder of {@code nnem capacity}. */
public final class CapacityReport implements TrialObserver {
  private static final String ROWS = "capacity.csv";

  private final RunFolder folder;
  private final ExperimentConfig config;
  private final CapacityPlan plan;
  private final Provenance provenance;
  private final Split data;

  /**
   * A report on one run.
   *
   * @param folder where it goes
   * @param config the setting
   * @param plan the capacities
   * @param provenance where the numbers come from
   * @param data what was trained on
   */
  public CapacityReport(
      RunFolder folder,
      ExperimentConfig config,
      CapacityPlan plan,
      Provenance provenance,
      Split data) {
    this.folder = folder;
    this.config = config;
    this.plan = plan;
    this.provenance = provenance;
    this.data = data;
  }

  /**
   * Writes what is known before the first trial: {@code config.yaml}, {@code provenance.json} and
   * the head of {@code capacity.csv}, with the trials of an earlier run.
   *
   * @param past an earlier run
   * @throws IOException if a file cannot be written
   */
  public void begin(Past past) throws IOException {
    folder.write("config.yaml", yaml());
    folder.write("provenance.json", provenance.json());
    folder.write(
        ROWS, Tables.capacity(CapacityAnalysis.of(past.results(), config, classes()).rows()));
  }

  /** The capacities are no setting of a trial; they are kept as a comment. */
  private String yaml() {
    return CapacityFolder.call(plan) + ConfigWriter.yaml(config);
  }

  /** Appends a row as soon as it is known, so that whatever ends the run loses none. */
  @Override
  public void finished(Trial trial, TrialResult result) {
    try {
      Files.writeString(
          folder.file(ROWS),
          Tables.capacityLine(CapacityRow.of(result, config, classes())),
          StandardCharsets.UTF_8,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(ROWS + " cannot be written", e);
    }
  }

  /**
   * Analyses what came out.
   *
   * @param outcome all trials that ran to their end are taken
   * @return rows, means and differences
   */
  public CapacityAnalysis analyse(Outcome outcome) {
    return CapacityAnalysis.of(outcome.results(), config, classes());
  }

  /**
   * Writes all files. Of a run that did not end they show the trials that did; {@code metrics.csv}
   * has everything that was measured.
   *
   * @param outcome what came out
   * @param analysis what it says
   * @throws IOException if a file cannot be written
   */
  public void end(Outcome outcome, CapacityAnalysis analysis) throws IOException {
    folder.write("metrics.csv", Tables.metrics(outcome.measurements()));
    folder.write("provenance.json", provenance.json());
    folder.write(ROWS, Tables.capacity(analysis.rows()));
    folder.write("capacity-summary.csv", Tables.capacitySummary(analysis.summaries()));
    folder.write("capacity-comparisons.csv", Tables.capacityComparisons(analysis.comparisons()));
    if (outcome.results().stream().anyMatch(result -> result.divergence().isPresent())) {
      folder.write("divergences.csv", Tables.divergences(outcome.results()));
    }
    if (analysis.rows().isEmpty()) {
      return;
    }
    JFreeChart chart = CapacityChart.of(title(), subtitle(), analysis);
    int height = CapacityChart.height(analysis);
    String svg = Pictures.svg(chart, CapacityChart.WIDTH, height);
    folder.write("report.html", page(outcome, analysis, svg));
    folder.write("capacity.svg", svg);
    folder.write("capacity.png", Pictures.png(chart, CapacityChart.WIDTH, height));
  }

  private String page(Outcome outcome, CapacityAnalysis analysis, String svg) {
    return ReportPage.of(
        title(),
        subtitle(),
        RunReport.notice(outcome),
        List.of(
            CapacitySections.figure(analysis, svg),
            CapacitySections.comparisons(analysis.comparisons(), data.training().observationSize()),
            CapacitySections.summary(analysis.summaries()),
            SettingSections.configuration(yaml()),
            SettingSections.provenance(provenance)));
  }

  private int classes() {
    return data.training().classes();
  }

  private static String title() {
    return "Accuracy against capacity";
  }

  private String subtitle() {
    String name = Subtitles.data(data.name());
    boolean ownSeeds = plan.sizes().stream().allMatch(size -> size.seeds().isPresent());
    String seeds = ownSeeds ? "mean over seeds" : Subtitles.seeds(config.seeds());
    String others =
        plan.sizes().stream()
            .filter(size -> size.seeds().isPresent())
            .map(size -> size.seeds().getAsInt() + " at " + size.capacity())
            .collect(Collectors.joining(", "));
    return name
        + ", "
        + config.steps()
        + " steps in batches of "
        + config.batch()
        + ", "
        + seeds
        + (others.isEmpty() ? "" : " (" + others + ")")
        + "; the larger a mark, the larger the capacity";
  }
}
