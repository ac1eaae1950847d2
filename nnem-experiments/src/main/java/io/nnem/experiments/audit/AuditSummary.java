package io.nnem.experiments.audit;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.AgeRange;
import io.nnem.report.stats.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The rows of one condition, step and range of ages, over all seeds.
 *
 * @param condition whose credit
 * @param step training steps done
 * @param ages of the memories; empty for all of them
 * @param memories how many there are, over the seeds
 * @param cosine see {@link AuditRow}
 * @param normRatio see {@link AuditRow}
 * @param bias see {@link AuditRow}
 * @param staleness see {@link AuditRow}
 * @param reconstruction see {@link AuditRow}; of no values where the condition reinstates nothing
 */
public record AuditSummary(
    Condition condition,
    int step,
    Optional<AgeRange> ages,
    Estimate memories,
    Estimate cosine,
    Estimate normRatio,
    Estimate bias,
    Estimate staleness,
    Estimate reconstruction) {

  private record Key(Condition condition, int step, long from) {}

  /** Over the seeds, in the order of the rows. */
  public static List<AuditSummary> of(List<AuditRow> rows) {
    Map<Key, List<AuditRow>> groups = new LinkedHashMap<>();
    for (AuditRow row : rows) {
      long from = row.ages().map(AgeRange::from).orElse(-1L);
      groups
          .computeIfAbsent(new Key(row.condition(), row.step(), from), key -> new ArrayList<>())
          .add(row);
    }
    return groups.values().stream().map(AuditSummary::one).toList();
  }

  private static AuditSummary one(List<AuditRow> rows) {
    AuditRow first = rows.get(0);
    long to = rows.stream().mapToLong(r -> r.ages().map(AgeRange::to).orElse(0L)).max().orElse(0);
    return new AuditSummary(
        first.condition(),
        first.step(),
        first.ages().map(ages -> new AgeRange(ages.from(), to)),
        estimate(rows, AuditRow::memories),
        estimate(rows, AuditRow::cosine),
        estimate(rows, AuditRow::normRatio),
        estimate(rows, AuditRow::bias),
        estimate(rows, AuditRow::staleness),
        estimate(rows, AuditRow::reconstruction));
  }

  private static Estimate estimate(List<AuditRow> rows, ToDoubleFunction<AuditRow> number) {
    return Estimate.of(rows.stream().mapToDouble(number).filter(Double::isFinite).toArray());
  }

  /** Those of the last step that was audited. */
  public static List<AuditSummary> last(List<AuditSummary> summaries) {
    int last = summaries.stream().mapToInt(AuditSummary::step).max().orElse(0);
    return summaries.stream().filter(summary -> summary.step() == last).toList();
  }
}
