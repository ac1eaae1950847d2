package io.nnem.report.chart;

import io.nnem.report.stats.Estimate;

/**
 * A point of a series.
 *
 * @param x along the horizontal axis
 * @param y along the vertical one
 * @param low lower end of the band around it; NaN if there is none
 * @param high upper end of the band around it; NaN if there is none
 * @param size of its mark, 1 for the usual; in a heat map the value of the cell, from 0 to 1
 * @param at where it is, in words
 */
public record Point(double x, double y, double low, double high, double size, String at) {
  /** A point without a band; {@code at} is such as "At step 100". */
  public static Point of(double x, double y, String at) {
    return new Point(x, y, Double.NaN, Double.NaN, 1, at);
  }

  /** A mean with a band: its interval or, of two values, their range. */
  public static Point of(double x, Estimate estimate, String at) {
    Estimate drawn = estimate.drawn();
    return new Point(x, drawn.mean(), drawn.low95(), drawn.high95(), 1, at);
  }

  /** The same point with a mark so many times as large as usual. */
  public Point sized(double times) {
    return new Point(x, y, low, high, times, at);
  }

  boolean hasBand() {
    return Double.isFinite(low) && Double.isFinite(high);
  }
}
