package io.nnem.experiments.capacity;

import io.nnem.experiments.config.Condition;
import io.nnem.report.stats.Estimate;
import java.util.List;

/**
 * What a condition came to at one capacity.
 *
 * @param accuracy over the seeds, diverged trials included
 * @param bytesPerMemory the most that a memory cost in a trial
 * @param keptBytes the part of it that is neither key nor value
 * @param stepMillis the median over the seeds; NaN if none is known
 */
public record CapacitySummary(
    Condition condition,
    int capacity,
    Estimate accuracy,
    int diverged,
    long bytesPerMemory,
    long keptBytes,
    double stepMillis) {

  /** Of the rows of one condition at one capacity; at least one. */
  static CapacitySummary of(List<CapacityRow> rows) {
    CapacityRow first = rows.get(0);
    return new CapacitySummary(
        first.condition(),
        first.capacity(),
        Estimate.of(rows.stream().mapToDouble(CapacityRow::accuracy).toArray()),
        (int) rows.stream().filter(CapacityRow::diverged).count(),
        rows.stream().mapToLong(CapacityRow::bytesPerMemory).max().orElse(0),
        rows.stream().mapToLong(CapacityRow::keptBytes).max().orElse(0),
        Estimate.median(rows.stream().mapToDouble(CapacityRow::stepMillis).toArray()));
  }
}
