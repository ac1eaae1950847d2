package io.nnem.experiments.audit;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.AgeRange;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Outcome;
import java.util.Comparator;
import java.util.List;

/**
 * What the audit of a trial found: rows, and a sentence for each condition whose own numbers
 * diverged, so that it could not be audited to the end.
 */
public record Audited(List<AuditRow> rows, List<String> lost) implements Found {
  public Audited {
    rows = List.copyOf(rows);
    lost = List.copyOf(lost);
  }

  /** What was found in all trials: rows by condition, seed and step, the whole before the ages. */
  public static Audited all(Outcome outcome, List<Condition> order) {
    List<Audited> each = outcome.found(Audited.class);
    return new Audited(
        each.stream()
            .flatMap(one -> one.rows().stream())
            .sorted(
                Comparator.<AuditRow>comparingInt(row -> order.indexOf(row.condition()))
                    .thenComparingLong(AuditRow::seed)
                    .thenComparingInt(AuditRow::step)
                    .thenComparingLong(row -> row.ages().map(AgeRange::from).orElse(-1L)))
            .toList(),
        each.stream().flatMap(one -> one.lost().stream()).sorted().toList());
  }
}
