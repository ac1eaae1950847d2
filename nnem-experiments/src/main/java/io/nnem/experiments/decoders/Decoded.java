package io.nnem.experiments.decoders;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Outcome;
import java.util.Comparator;
import java.util.List;

/**
 * What was measured of a decoder in a trial.
 *
 * @param rows reconstruction on the way
 * @param calibrations at the end, of a decoder that says how uncertain it is
 */
public record Decoded(List<DecodersRow> rows, List<CalibrationRow> calibrations) implements Found {
  /** Copies the lists. */
  public Decoded {
    rows = List.copyOf(rows);
    calibrations = List.copyOf(calibrations);
  }

  /**
   * What was measured in all trials.
   *
   * @param outcome what came out
   * @param order of the conditions
   * @return by condition, seed, split and step
   */
  public static Decoded all(Outcome outcome, List<Condition> order) {
    List<Decoded> each = outcome.found(Decoded.class);
    return new Decoded(
        each.stream()
            .flatMap(one -> one.rows().stream())
            .sorted(
                Comparator.<DecodersRow>comparingInt(row -> order.indexOf(row.condition()))
                    .thenComparingLong(DecodersRow::seed)
                    .thenComparing(DecodersRow::split)
                    .thenComparingInt(DecodersRow::step))
            .toList(),
        each.stream()
            .flatMap(one -> one.calibrations().stream())
            .sorted(
                Comparator.<CalibrationRow>comparingInt(row -> order.indexOf(row.condition()))
                    .thenComparingLong(CalibrationRow::seed)
                    .thenComparing(CalibrationRow::split))
            .toList());
  }
}
