package io.nnem.experiments.report;

import io.nnem.experiments.audit.AuditRow;
import io.nnem.experiments.capacity.CapacityComparison;
import io.nnem.experiments.capacity.CapacityRow;
import io.nnem.experiments.capacity.CapacitySummary;
import io.nnem.experiments.decoders.Calibration;
import io.nnem.experiments.decoders.CalibrationRow;
import io.nnem.experiments.decoders.DecodersRow;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Reconstruction;
import io.nnem.experiments.run.Staleness;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.stats.Comparison;
import io.nnem.experiments.stats.SummaryRow;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Format;
import io.nnem.report.table.Table;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The CSV files of run folders. */
final class Tables {
  /** {@code metrics.csv}. */
  static final Table<Measurement> METRICS =
      Table.<Measurement>of()
          .with("condition", Format.TEXT, Measurement::condition)
          .with("seed", Format.PLAIN, Measurement::seed)
          .with("step", Format.PLAIN, Measurement::step)
          .with("split", Format.TEXT, Measurement::split)
          .with("accuracy", Format.SHARE, Measurement::accuracy)
          .with("loss", Format.SIGNIFICANT, Measurement::loss);

  /** {@code reconstruction.csv}. */
  static final Table<Reconstruction> RECONSTRUCTION =
      Table.<Reconstruction>of()
          .with("condition", Format.TEXT, Reconstruction::condition)
          .with("seed", Format.PLAIN, Reconstruction::seed)
          .with("step", Format.PLAIN, Reconstruction::step)
          .with("split", Format.TEXT, Reconstruction::split)
          .with("loss", Format.SIGNIFICANT, Reconstruction::loss)
          .with("squared_error", Format.SIGNIFICANT, Reconstruction::squaredError)
          .with("elbo", Format.SIGNIFICANT, Reconstruction::elbo);

  /** {@code summary.csv}. With one seed the interval is empty. */
  static final Table<SummaryRow> SUMMARY =
      interval(
              Table.<SummaryRow>of()
                  .with("condition", Format.TEXT, row -> row.condition().name())
                  .with("seeds", Format.PLAIN, row -> row.accuracy().count()),
              "accuracy_",
              SummaryRow::accuracy)
          .with("diverged", Format.PLAIN, SummaryRow::diverged)
          .with("retained_bytes_per_memory", Format.PLAIN, SummaryRow::retainedBytesPerMemory)
          .with("step_ms", Format.THREE_DECIMALS, SummaryRow::stepMillis);

  /** {@code comparisons.csv}. */
  static final Table<Comparison> COMPARISONS =
      interval(
          Table.<Comparison>of()
              .with("first", Format.TEXT, row -> row.first().name())
              .with("second", Format.TEXT, row -> row.second().name())
              .with("seeds", Format.PLAIN, row -> row.difference().count()),
          "difference_",
          Comparison::difference);

  /** {@code divergences.csv}, of trials that diverged. */
  static final Table<TrialResult> DIVERGENCES =
      Table.<TrialResult>of()
          .with("condition", Format.TEXT, row -> row.condition().name())
          .with("seed", Format.PLAIN, TrialResult::seed)
          .with("step", Format.PLAIN, row -> row.divergence().orElseThrow().step())
          .with("reason", Format.TEXT, row -> row.divergence().orElseThrow().reason());

  /** {@code staleness.csv}. */
  static final Table<Staleness> STALENESS =
      Table.<Staleness>of()
          .with("condition", Format.TEXT, row -> row.condition().name())
          .with("seed", Format.PLAIN, Staleness::seed)
          .with("step", Format.PLAIN, Staleness::step)
          .with("age_from", Format.PLAIN, row -> row.ages().from())
          .with("age_to", Format.PLAIN, row -> row.ages().to())
          .with("memories", Format.PLAIN, Staleness::memories)
          .with("cosine", Format.SIGNIFICANT, Staleness::cosine);

  /**
   * {@code audit.csv}. Ages are from {@code age_from} to below {@code age_to}; without ages a line
   * is of the whole gradient.
   */
  static final Table<AuditRow> AUDIT =
      Table.<AuditRow>of()
          .with("condition", Format.TEXT, row -> row.condition().name())
          .with("seed", Format.PLAIN, AuditRow::seed)
          .with("step", Format.PLAIN, AuditRow::step)
          .with("age_from", Format.PLAIN, r -> r.ages().map(a -> "" + a.from()).orElse(""))
          .with("age_to", Format.PLAIN, r -> r.ages().map(a -> "" + a.to()).orElse(""))
          .with("memories", Format.PLAIN, AuditRow::memories)
          .with("cosine", Format.SIGNIFICANT_OR_EMPTY, AuditRow::cosine)
          .with("norm_ratio", Format.SIGNIFICANT_OR_EMPTY, AuditRow::normRatio)
          .with("bias", Format.SIGNIFICANT_OR_EMPTY, AuditRow::bias)
          .with("staleness", Format.SIGNIFICANT_OR_EMPTY, AuditRow::staleness)
          .with("reconstruction", Format.SIGNIFICANT_OR_EMPTY, AuditRow::reconstruction);

  /** {@code capacity.csv}. */
  static final Table<CapacityRow> CAPACITY =
      Table.<CapacityRow>of()
          .with("condition", Format.TEXT, row -> row.condition().name())
          .with("capacity", Format.PLAIN, CapacityRow::capacity)
          .with("seed", Format.PLAIN, CapacityRow::seed)
          .with("accuracy", Format.SHARE, CapacityRow::accuracy)
          .with("bytes_per_memory", Format.PLAIN, CapacityRow::bytesPerMemory)
          .with("step_ms", Format.THREE_DECIMALS, CapacityRow::stepMillis)
          .with("diverged", Format.PLAIN, CapacityRow::diverged);

  /** {@code capacity-summary.csv}. With one seed the interval is empty. */
  static final Table<CapacitySummary> CAPACITY_SUMMARY =
      interval(
              Table.<CapacitySummary>of()
                  .with("condition", Format.TEXT, row -> row.condition().name())
                  .with("capacity", Format.PLAIN, CapacitySummary::capacity)
                  .with("seeds", Format.PLAIN, row -> row.accuracy().count()),
              "",
              CapacitySummary::accuracy)
          .with("diverged", Format.PLAIN, CapacitySummary::diverged)
          .with("bytes_per_memory", Format.PLAIN, CapacitySummary::bytesPerMemory)
          .with("step_ms", Format.THREE_DECIMALS, CapacitySummary::stepMillis);

  /** {@code capacity-comparisons.csv}: each condition against stored observations. */
  static final Table<CapacityComparison> CAPACITY_COMPARISONS =
      interval(
              Table.<CapacityComparison>of()
                  .with("capacity", Format.PLAIN, CapacityComparison::capacity)
                  .with("condition", Format.TEXT, row -> row.condition().name())
                  .with("reference", Format.TEXT, row -> row.reference().name())
                  .with("seeds", Format.PLAIN, row -> row.difference().count()),
              "difference_",
              CapacityComparison::difference)
          .with("kept_bytes_per_memory", Format.PLAIN, CapacityComparison::keptBytes);

  /** {@code decoders.csv}. */
  static final Table<DecodersRow> DECODERS =
      Table.<DecodersRow>of()
          .with("decoder", Format.TEXT, row -> row.condition().assigner())
          .with("training_images", Format.TEXT, r -> r.condition().reinstatement().orElseThrow())
          .with("seed", Format.PLAIN, DecodersRow::seed)
          .with("step", Format.PLAIN, DecodersRow::step)
          .with("split", Format.TEXT, DecodersRow::split)
          .with("loss", Format.SIGNIFICANT, DecodersRow::loss)
          .with("squared_error", Format.SIGNIFICANT, DecodersRow::squaredError)
          .with("elbo", Format.SIGNIFICANT_OR_EMPTY, DecodersRow::elbo);

  /** A bin of one calibration. */
  record BinRow(CalibrationRow of, int number) {
    Calibration.Bin bin() {
      return of.calibration().bins().get(number);
    }

    static List<BinRow> of(List<CalibrationRow> rows) {
      return rows.stream()
          .flatMap(
              row ->
                  IntStream.range(0, row.calibration().bins().size())
                      .mapToObj(number -> new BinRow(row, number)))
          .toList();
    }
  }

  /**
   * {@code calibration.csv}: uncertainty and squared error are sums over the pixels of an image.
   */
  static final Table<BinRow> CALIBRATION =
      Table.<BinRow>of()
          .with("decoder", Format.TEXT, row -> row.of().condition().assigner())
          .with(
              "training_images",
              Format.TEXT,
              row -> row.of().condition().reinstatement().orElseThrow())
          .with("seed", Format.PLAIN, row -> row.of().seed())
          .with("split", Format.TEXT, row -> row.of().split())
          .with("bin", Format.PLAIN, row -> row.number() + 1)
          .with("images", Format.PLAIN, row -> row.bin().count())
          .with("uncertainty", Format.SIGNIFICANT, row -> row.bin().uncertainty())
          .with("squared_error", Format.SIGNIFICANT, row -> row.bin().squaredError())
          .with(
              "rank_correlation",
              Format.SIGNIFICANT,
              row -> row.of().calibration().rankCorrelation());

  private Tables() {}

  private static <R> Table<R> interval(
      Table<R> table, String prefix, Function<R, Estimate> estimate) {
    return table
        .with(prefix + "mean", Format.SHARE, row -> estimate.apply(row).mean())
        .with(prefix + "low95", Format.SHARE_OR_EMPTY, row -> estimate.apply(row).low95())
        .with(prefix + "high95", Format.SHARE_OR_EMPTY, row -> estimate.apply(row).high95());
  }
}
