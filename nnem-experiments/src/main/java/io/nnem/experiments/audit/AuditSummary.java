package io.nnem.experiments.audit;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.AgeRange;
import io.nnem.report.stats.Estimate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The rows of one condition, step and range of ages, over all seeds; at least one. */
public record AuditSummary(List<AuditRow> rows) {

  private record Key(Condition condition, int step, long from) {}

  /** Over the seeds, in the order of the rows. */
  public static List<AuditSummary> of(List<AuditRow> rows) {
    return rows.stream()
        .collect(
            Collectors.groupingBy(
                row ->
                    new Key(
                        row.condition(), row.step(), row.ages().map(AgeRange::from).orElse(-1L)),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .map(AuditSummary::new)
        .toList();
  }

  public static List<AuditSummary> last(List<AuditSummary> summaries) {
    int last = summaries.stream().mapToInt(AuditSummary::step).max().orElse(0);
    return summaries.stream().filter(summary -> summary.step() == last).toList();
  }

  Condition condition() {
    return rows.get(0).condition();
  }

  int step() {
    return rows.get(0).step();
  }

  /** The ages of the memories, of whichever seed has the oldest; empty for all of them. */
  Optional<AgeRange> ages() {
    return rows.stream()
        .flatMap(row -> row.ages().stream())
        .max(Comparator.comparingLong(AgeRange::to));
  }

  /** A number over the seeds that have it. */
  Estimate estimate(ToDoubleFunction<AuditRow> number) {
    return Estimate.of(rows.stream().mapToDouble(number).filter(Double::isFinite).toArray());
  }

  Estimate cosine() {
    return estimate(AuditRow::cosine);
  }
}
