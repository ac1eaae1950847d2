package io.nnem.experiments.report;

import io.nnem.experiments.audit.AuditPlan;
import io.nnem.experiments.audit.AuditRow;
import io.nnem.experiments.audit.AuditSummary;
import io.nnem.experiments.audit.Finding;
import io.nnem.experiments.config.ConfigWriter;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Outcome;
import java.io.IOException;
import java.util.List;
import org.jfree.chart.JFreeChart;

/** Writes the files of an audit's folder. */
public final class AuditReport {
  private final RunFolder folder;
  private final ExperimentConfig config;
  private final AuditPlan plan;
  private final Provenance provenance;
  private final String dataName;

  /**
   * A report on one audit.
   *
   * @param folder where it goes
   * @param config the setting
   * @param plan what is audited
   * @param provenance where the numbers come from
   * @param dataName what the data is called
   */
  public AuditReport(
      RunFolder folder,
      ExperimentConfig config,
      AuditPlan plan,
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
    return "# nnem audit --config config.yaml " + plan.options() + "\n" + ConfigWriter.yaml(config);
  }

  /**
   * Writes all files. Of a run that did not end they show what was measured.
   *
   * @param outcome what came out of the training
   * @param rows what was measured
   * @param lost what could not be audited to its end, in sentences
   * @throws IOException if a file cannot be written
   */
  public void end(Outcome outcome, List<AuditRow> rows, List<String> lost) throws IOException {
    folder.write("metrics.csv", Tables.metrics(outcome.measurements()));
    folder.write("provenance.json", provenance.json());
    folder.write("audit.csv", Tables.audit(rows));
    if (rows.isEmpty()) {
      return;
    }
    List<AuditSummary> summaries = AuditSummary.of(rows);
    folder.write(
        "report.html",
        ReportPage.of(
            title(),
            subtitle(summaries),
            outcome.notice("audit", ". What was measured is shown."),
            List.of(
                AuditSections.figure(summaries, when(summaries)),
                AuditSections.findings(Finding.of(summaries), lost),
                AuditSections.ages(summaries),
                AuditSections.steps(summaries),
                SettingSections.configuration(yaml()),
                SettingSections.provenance(provenance))));
    JFreeChart chart = AuditChart.of(title(), subtitle(summaries), AuditChart.curves(summaries));
    folder.write("audit.svg", Pictures.svg(chart));
    folder.write("audit.png", Pictures.png(chart));
  }

  private static String title() {
    return "How true is the credit that old memories bring?";
  }

  private static String when(List<AuditSummary> summaries) {
    return "after " + AuditSummary.last(summaries).get(0).step() + " training steps";
  }

  private String subtitle(List<AuditSummary> summaries) {
    String seeds = Subtitles.seeds(config.seeds());
    ExperimentConfig trained = config.forCondition(plan.train());
    return dataName
        + ", "
        + trained.capacity()
        + " memories, batches of "
        + trained.batch()
        + ", trained with "
        + plan.train()
        + ", "
        + when(summaries)
        + ", "
        + seeds;
  }
}
