package io.nnem.experiments.decoders;

import io.nnem.report.stats.RankCorrelation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether a decoder is wrong where it is uncertain. Images are put in order of their uncertainty
 * and cut into bins of equal size, but for one image; a decoder is calibrated if the mean of the
 * squared errors of each bin is the mean of its uncertainties.
 *
 * @param bins from the most certain to the least
 * @param rankCorrelation Spearman's: the correlation of the ranks of uncertainty and squared error,
 *     ranks of equal numbers averaged; NaN if all numbers of one kind are equal
 */
public record Calibration(List<Bin> bins, double rankCorrelation) {
  /** Bins that images are cut into, if there are as many images. */
  public static final int BINS = 10;

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Images of about the same uncertainty: means of that and of the squared error, summed over the
   * pixels of an image.
   */
  public record Bin(int count, double uncertainty, double squaredError) {}

  /** Compares what a decoder said of each image with what it did; at least one. */
  public static Calibration of(double[] uncertainties, double[] squaredErrors) {
    int n = uncertainties.length;
    if (n == 0 || n != squaredErrors.length) {
      throw new IllegalArgumentException(
          "There must be an uncertainty for each squared error, at least one, but there are "
              + n
              + " and "
              + squaredErrors.length
              + ".");
    }
    int[] order = order(uncertainties);
    List<Bin> bins = new ArrayList<>();
    int count = Math.min(BINS, n);
    for (int bin = 0; bin < count; bin++) {
      int from = (int) ((long) n * bin / count);
      int to = (int) ((long) n * (bin + 1) / count);
      bins.add(
          new Bin(
              to - from,
              mean(uncertainties, order, from, to),
              mean(squaredErrors, order, from, to)));
    }
    return new Calibration(bins, RankCorrelation.of(uncertainties, squaredErrors));
  }

  private static int[] order(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Double.compare(values[a], values[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double mean(double[] values, int[] order, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[order[i]];
    }
    return sum / (to - from);
  }
}
