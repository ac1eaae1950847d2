package io.nnem.experiments.cli;

import io.nnem.datasets.Split;
import io.nnem.experiments.audit.AuditPlan;
import io.nnem.experiments.audit.AuditRow;
import io.nnem.experiments.audit.AuditRunner;
import io.nnem.experiments.audit.AuditSummary;
import io.nnem.experiments.audit.Finding;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.report.AuditReport;
import io.nnem.experiments.report.Provenance;
import io.nnem.experiments.report.RunFolder;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Past;
import io.nnem.experiments.run.Trial;
import java.io.IOException;
import java.util.ArrayList;
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
  public Report report(RunFolder folder, Provenance provenance, Split data) {
    AuditReport report = new AuditReport(folder, config, plan, provenance, data.name());
    return new Report() {
      @Override
      public void begin(Past past) throws IOException {
        report.begin();
      }

      @Override
      public String end(Outcome outcome) throws IOException {
        List<AuditRow> rows = runner.rows();
        report.end(outcome, rows, runner.lost());
        return words(AuditSummary.of(rows));
      }
    };
  }

  private String words(List<AuditSummary> summaries) {
    StringBuilder text = new StringBuilder();
    List<String> all = new ArrayList<>();
    for (Finding finding : Finding.of(summaries)) {
      all.add(finding.condition() + " " + finding.words());
    }
    all.addAll(runner.lost());
    all.forEach(sentence -> text.append(sentence).append(System.lineSeparator()));
    return text.toString();
  }
}
