package io.nnem.experiments.decoders;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Reconstruction;
import java.util.Comparator;
import java.util.List;

/**
 * What was measured of a decoder in a trial: on the way, and at the end if it says how uncertain it
 * is.
 */
public record Decoded(List<Reconstruction> rows, List<Calibrated> calibrations) implements Found {
  public record Calibrated(Condition condition, long seed, String split, Calibration calibration) {}

  public Decoded {
    rows = List.copyOf(rows);
    calibrations = List.copyOf(calibrations);
  }

  /** What was measured in all trials, by condition, seed, split and step. */
  public static Decoded all(Outcome outcome, List<Condition> order) {
    List<Decoded> each = outcome.found(Decoded.class);
    return new Decoded(
        each.stream()
            .flatMap(one -> one.rows().stream())
            .sorted(
                Comparator.<Reconstruction>comparingInt(row -> order.indexOf(row.condition()))
                    .thenComparingLong(Reconstruction::seed)
                    .thenComparing(Reconstruction::split)
                    .thenComparingInt(Reconstruction::step))
            .toList(),
        each.stream()
            .flatMap(one -> one.calibrations().stream())
            .sorted(
                Comparator.<Calibrated>comparingInt(row -> order.indexOf(row.condition()))
                    .thenComparingLong(Calibrated::seed)
                    .thenComparing(Calibrated::split))
            .toList());
  }
}
