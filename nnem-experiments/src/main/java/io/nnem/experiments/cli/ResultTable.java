package io.nnem.experiments.cli;

import io.nnem.experiments.stats.Estimate;
import io.nnem.experiments.stats.SummaryRow;
import java.util.List;
import java.util.Locale;

/** The short table at the end of a run. */
final class ResultTable {
  private ResultTable() {}

  static String of(List<SummaryRow> rows) {
    return TextTable.of(
        List.of("condition", "accuracy", "diverged", "ms/step"),
        rows.stream().map(ResultTable::row).toList(),
        1);
  }

  private static List<String> row(SummaryRow row) {
    Estimate accuracy = row.accuracy();
    String mean = String.format(Locale.ROOT, "%.3f", accuracy.mean());
    return List.of(
        row.condition().name(),
        accuracy.hasInterval()
            ? mean + String.format(Locale.ROOT, " +- %.3f", accuracy.halfWidth())
            : mean,
        row.diverged() + "/" + accuracy.count(),
        String.format(Locale.ROOT, "%.2f", row.stepMillis()));
  }
}
