package io.nnem.experiments.decoders;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Reconstruction;
import io.nnem.experiments.stats.Curve;
import io.nnem.report.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What came out of one decoder with one number of training images, over the seeds.
 *
 * @param curve validation loss by step
 * @param bestStep the step at which the mean validation loss is lowest
 * @param finals how each split is reconstructed at the last step: training, validation, test
 */
public record DecodersSummary(
    Condition condition,
    List<Curve.Point> curve,
    int bestStep,
    int lastStep,
    List<Final> finals,
    double bestLoss) {
  /** Validation loss above its lowest by this share counts as overfitting. */
  public static final double OVERFIT = 0.01;

  private static final List<String> SPLITS =
      List.of("training", Measurement.VALIDATION, Measurement.TEST);

  public DecodersSummary {
    curve = List.copyOf(curve);
    finals = List.copyOf(finals);
  }

  /**
   * One split at the last step.
   *
   * @param loss summed over an image
   * @param squaredError of a pixel
   * @param elbo in nats; its mean is NaN for a decoder that is not variational
   */
  public record Final(String split, Estimate loss, Estimate squaredError, Estimate elbo) {}

  /** Averages over seeds, by condition; of each, only steps that every seed of it reached count. */
  public static List<DecodersSummary> of(List<Reconstruction> rows) {
    return rows.stream()
        .map(Reconstruction::condition)
        .distinct()
        .map(
            condition ->
                of(condition, rows.stream().filter(r -> r.condition().equals(condition)).toList()))
        .toList();
  }

  private static DecodersSummary of(Condition condition, List<Reconstruction> rows) {
    long seeds = rows.stream().mapToLong(Reconstruction::seed).distinct().count();
    List<Curve.Point> curve = new ArrayList<>();
    List<Integer> steps = rows.stream().map(Reconstruction::step).distinct().sorted().toList();
    for (int step : steps) {
      Estimate loss = estimate(rows, step, Measurement.VALIDATION, Reconstruction::loss);
      if (loss.count() == seeds) {
        curve.add(new Curve.Point(step, loss));
      }
    }
    Curve.Point best = curve.get(0);
    for (Curve.Point point : curve) {
      best = point.accuracy().mean() < best.accuracy().mean() ? point : best;
    }
    int last = curve.get(curve.size() - 1).step();
    List<Final> finals =
        SPLITS.stream()
            .map(
                split ->
                    new Final(
                        split,
                        estimate(rows, last, split, Reconstruction::loss),
                        estimate(rows, last, split, Reconstruction::squaredError),
                        estimate(rows, last, split, Reconstruction::elbo)))
            .toList();
    return new DecodersSummary(condition, curve, best.step(), last, finals, best.accuracy().mean());
  }

  private static Estimate estimate(
      List<Reconstruction> rows, int step, String split, ToDoubleFunction<Reconstruction> number) {
    return Estimate.of(
        rows.stream()
            .filter(row -> row.step() == step && row.split().equals(split))
            .mapToDouble(number)
            .toArray());
  }

  public Final last(String split) {
    return finals.stream().filter(f -> f.split().equals(split)).findFirst().orElseThrow();
  }

  /** How far the validation loss has risen from its lowest, as a share of that. */
  public double rise() {
    return last(Measurement.VALIDATION).loss().mean() / bestLoss - 1;
  }

  public boolean overfits() {
    return rise() > OVERFIT;
  }

  /** What came out, after the name of the condition. */
  public String words() {
    String held =
        overfits()
            ? String.format(
                Locale.ROOT,
                "overfits: its loss on held-out images is lowest, %.1f, at step %d, and %.1f"
                    + " (%.0f%% more) at step %d",
                bestLoss,
                bestStep,
                last(Measurement.VALIDATION).loss().mean(),
                100 * rise(),
                lastStep)
            : String.format(
                Locale.ROOT,
                "does not overfit: its loss on held-out images is %.1f at step %d, within 1%% of"
                    + " its lowest",
                last(Measurement.VALIDATION).loss().mean(),
                lastStep);
    return held
        + String.format(
            Locale.ROOT,
            ", where it has %.1f on those it learned from. Squared error of a held-out pixel:"
                + " %.4f.",
            last("training").loss().mean(),
            last(Measurement.VALIDATION).squaredError().mean());
  }

  /**
   * What came out of the calibration, in a sentence; nothing of a decoder that is never uncertain.
   */
  public static Optional<String> calibrationWords(
      Condition condition, List<Decoded.Calibrated> rows) {
    List<Decoded.Calibrated> own = validation(condition, rows);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    List<Calibration.Bin> bins = meanBins(own);
    Calibration.Bin first = bins.get(0);
    Calibration.Bin last = bins.get(bins.size() - 1);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: rank correlation of uncertainty and squared error on held-out images %.2f; the"
                + " most certain tenth says %.1f and is off by %.1f, the least certain says %.1f"
                + " and is off by %.1f.",
            condition,
            own.stream()
                .mapToDouble(r -> r.calibration().rankCorrelation())
                .average()
                .orElseThrow(),
            first.uncertainty(),
            first.squaredError(),
            last.uncertainty(),
            last.squaredError()));
  }

  /** The calibrations of a condition on validation images, one for each seed. */
  public static List<Decoded.Calibrated> validation(
      Condition condition, List<Decoded.Calibrated> rows) {
    return rows.stream()
        .filter(r -> r.condition().equals(condition) && r.split().equals(Measurement.VALIDATION))
        .toList();
  }

  /** Bins averaged over seeds, from the most certain to the least. */
  public static List<Calibration.Bin> meanBins(List<Decoded.Calibrated> rows) {
    List<Calibration.Bin> mean = new ArrayList<>();
    for (int bin = 0; bin < rows.get(0).calibration().bins().size(); bin++) {
      int at = bin;
      List<Calibration.Bin> same =
          rows.stream().map(row -> row.calibration().bins().get(at)).toList();
      mean.add(
          new Calibration.Bin(
              same.get(0).count(),
              same.stream().mapToDouble(Calibration.Bin::uncertainty).average().orElseThrow(),
              same.stream().mapToDouble(Calibration.Bin::squaredError).average().orElseThrow()));
    }
    return mean;
  }
}
