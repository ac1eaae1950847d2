package io.nnem.experiments.report;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.decoders.Calibration;
import io.nnem.experiments.decoders.CalibrationRow;
import io.nnem.experiments.decoders.DecodersRow;
import java.util.List;

/** The CSV files of {@code nnem decoders}. */
final class DecodersTables {
  private DecodersTables() {}

  /** {@code decoders.csv}. */
  static String reconstruction(List<DecodersRow> rows) {
    StringBuilder text =
        new StringBuilder("decoder,training_images,seed,step,split,loss,squared_error,elbo\n");
    for (DecodersRow row : rows) {
      text.append(
          Tables.line(
              row.condition().assigner(),
              images(row.condition()),
              row.seed(),
              row.step(),
              row.split(),
              Numbers.significant(row.loss()),
              Numbers.significant(row.squaredError()),
              Numbers.significantOrEmpty(row.elbo())));
    }
    return text.toString();
  }

  /**
   * {@code calibration.csv}: uncertainty and squared error are sums over the pixels of an image.
   */
  static String calibration(List<CalibrationRow> rows) {
    StringBuilder text =
        new StringBuilder(
            "decoder,training_images,seed,split,bin,images,uncertainty,squared_error,"
                + "rank_correlation\n");
    for (CalibrationRow row : rows) {
      int bin = 1;
      for (Calibration.Bin each : row.calibration().bins()) {
        text.append(
            Tables.line(
                row.condition().assigner(),
                images(row.condition()),
                row.seed(),
                row.split(),
                bin++,
                each.count(),
                Numbers.significant(each.uncertainty()),
                Numbers.significant(each.squaredError()),
                Numbers.significant(row.calibration().rankCorrelation())));
      }
    }
    return text.toString();
  }

  private static String images(Condition condition) {
    return condition.reinstatement().orElseThrow();
  }
}
