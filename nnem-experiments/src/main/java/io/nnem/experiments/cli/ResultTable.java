package io.nnem.experiments.cli;

import io.nnem.experiments.capacity.CapacitySummary;
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

  static String ofCapacities(List<CapacitySummary> rows) {
    return TextTable.of(
        List.of("condition", "capacity", "accuracy", "diverged", "bytes/memory", "ms/step"),
        rows.stream().map(ResultTable::row).toList(),
        1);
  }

  private static List<String> row(SummaryRow row) {
    return List.of(
        row.condition().name(),
        accuracy(row.accuracy()),
        row.diverged() + "/" + row.accuracy().count(),
        String.format(Locale.ROOT, "%.2f", row.stepMillis()));
  }

  private static List<String> row(CapacitySummary row) {
    return List.of(
        row.condition().name(),
        String.valueOf(row.capacity()),
        accuracy(row.accuracy()),
        row.diverged() + "/" + row.accuracy().count(),
        String.valueOf(row.bytesPerMemory()),
        String.format(Locale.ROOT, "%.2f", row.stepMillis()));
  }

  private static String accuracy(Estimate accuracy) {
    String mean = String.format(Locale.ROOT, "%.3f", accuracy.mean());
    return accuracy.hasInterval()
        ? mean + String.format(Locale.ROOT, " +- %.3f", accuracy.halfWidth())
        : mean;
  }
}
