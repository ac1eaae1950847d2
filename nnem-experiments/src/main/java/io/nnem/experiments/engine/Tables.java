package io.nnem.experiments.engine;

import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Reconstruction;
import io.nnem.experiments.run.TrialResult;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Format;
import io.nnem.report.table.Table;
import java.util.function.Function;

/** The CSV files that the folders of several experiments have. */
public final class Tables {
  public static final Table<Measurement> METRICS =
      Table.<Measurement>of()
          .with("condition", Format.TEXT, Measurement::condition)
          .with("seed", Format.PLAIN, Measurement::seed)
          .with("step", Format.PLAIN, Measurement::step)
          .with("split", Format.TEXT, Measurement::split)
          .with("accuracy", Format.SHARE, Measurement::accuracy)
          .with("loss", Format.SIGNIFICANT, Measurement::loss);

  public static final Table<Reconstruction> RECONSTRUCTION =
      Table.<Reconstruction>of()
          .with("condition", Format.TEXT, Reconstruction::condition)
          .with("seed", Format.PLAIN, Reconstruction::seed)
          .with("step", Format.PLAIN, Reconstruction::step)
          .with("split", Format.TEXT, Reconstruction::split)
          .with("loss", Format.SIGNIFICANT, Reconstruction::loss)
          .with("squared_error", Format.SIGNIFICANT, Reconstruction::squaredError)
          .with("elbo", Format.SIGNIFICANT, Reconstruction::elbo);

  /** {@code divergences.csv}, of trials that diverged. */
  public static final Table<TrialResult> DIVERGENCES =
      Table.<TrialResult>of()
          .with("condition", Format.TEXT, row -> row.condition().name())
          .with("seed", Format.PLAIN, TrialResult::seed)
          .with("step", Format.PLAIN, row -> row.divergence().orElseThrow().step())
          .with("reason", Format.TEXT, row -> row.divergence().orElseThrow().reason());

  private Tables() {}

  /**
   * A table with three columns more: the mean and the interval of an estimate, empty where there is
   * one seed.
   */
  public static <R> Table<R> interval(
      Table<R> table, String prefix, Function<R, Estimate> estimate) {
    return table
        .with(prefix + "mean", Format.SHARE, row -> estimate.apply(row).mean())
        .with(prefix + "low95", Format.SHARE_OR_EMPTY, row -> estimate.apply(row).low95())
        .with(prefix + "high95", Format.SHARE_OR_EMPTY, row -> estimate.apply(row).high95());
  }
}
