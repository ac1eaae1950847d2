package io.nnem.learners;

import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What rows become before a network sees them, by what is known of their columns: how many values
 * each had, their mean and their squared deviations (Welford 1962). Immutable, so that those who
 * predict need no lock.
 */
public final class Inputs {

  /** Standard deviations that count. */
  private static final double FARTHEST = 10;

  private final boolean standardise;
  private final boolean impute;
  private final long[] counts;
  private final double[] means;
  private final double[] squares;

  private Inputs(
      boolean standardise, boolean impute, long[] counts, double[] means, double[] squares) {
    this.standardise = standardise;
    this.impute = impute;
    this.counts = counts;
    this.means = means;
    this.squares = squares;
  }

  static Inputs of(Settings settings, int width) {
    return new Inputs(
        settings.get(Settings.STANDARDISE),
        settings.get(Settings.IMPUTE),
        new long[width],
        new double[width],
        new double[width]);
  }

  /**
   * Rows that stay as they are.
   *
   * @param width numbers of a row
   * @return what changes nothing
   */
  public static Inputs unchanged(int width) {
    return new Inputs(false, false, new long[width], new double[width], new double[width]);
  }

  /**
   * Columns of mean 0 and variance 1, by what they are in some rows: values of more than 10
   * standard deviations count as 10, and columns that never change as 0.
   *
   * @param rows numbers, as many in each
   * @param impute whether NaN counts as the mean of its column, or is refused
   * @return what does so
   * @throws IllegalArgumentException if a row cannot be used
   */
  public static Inputs standardising(float[][] rows, boolean impute) {
    int width = rows[0].length;
    Inputs none = new Inputs(true, impute, new long[width], new double[width], new double[width]);
    none.require(rows);
    return none.with(rows, 0, rows.length);
  }

  /**
   * What rows become.
   *
   * @param rows numbers
   * @return new rows, one after another
   * @throws IllegalArgumentException if a row cannot be used
   */
  public float[] apply(float[][] rows) {
    require(rows);
    float[] out = new float[Math.multiplyExact(rows.length, width())];
    write(rows, 0, rows.length, out);
    return out;
  }

  /** The settings that tell this when it is loaded. */
  Map<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            Settings.STANDARDISE.name(), Boolean.toString(standardise),
            Settings.IMPUTE.name(), Boolean.toString(impute)));
  }

  int width() {
    return means.length;
  }

  /**
   * Refuses rows that cannot be used.
   *
   * @throws IllegalArgumentException naming the first of them
   */
  void require(float[][] rows) {
    for (int row = 0; row < rows.length; row++) {
      require(row, rows[row]);
    }
  }

  private void require(int row, float[] values) {
    if (values == null) {
      throw new IllegalArgumentException("Row " + row + " (counted from 0) is null.");
    }
    if (values.length != width()) {
      throw new IllegalArgumentException(
          "Row "
              + row
              + " (counted from 0) has "
              + values.length
              + " values, but the rows of this learner have "
              + width()
              + ".");
    }
    for (int column = 0; column < values.length; column++) {
      boolean missing = Float.isNaN(values[column]);
      if (missing ? !impute : Float.isInfinite(values[column])) {
        throw new IllegalArgumentException(
            "Row "
                + row
                + " has "
                + values[column]
                + " in column "
                + column
                + " (counted from 0): "
                + (missing
                    ? "build the learner with imputeMissing() to take the column's mean."
                    : "values must be finite."));
      }
    }
  }

  /** What is known after some more rows. */
  Inputs with(float[][] rows, int from, int to) {
    long[] newCounts = counts.clone();
    double[] newMeans = means.clone();
    double[] newSquares = squares.clone();
    for (int row = from; row < to; row++) {
      for (int column = 0; column < newMeans.length; column++) {
        double value = rows[row][column];
        if (!Double.isNaN(value)) {
          double away = value - newMeans[column];
          newMeans[column] += away / ++newCounts[column];
          newSquares[column] += away * (value - newMeans[column]);
        }
      }
    }
    return new Inputs(standardise, impute, newCounts, newMeans, newSquares);
  }

  /** Puts rows, one after another, as the network is to see them. */
  void write(float[][] rows, int from, int to, float[] out) {
    double[] deviations = new double[width()];
    Arrays.setAll(deviations, column -> Math.sqrt(squares[column] / counts[column]));
    int at = 0;
    for (int row = from; row < to; row++) {
      for (int column = 0; column < deviations.length; column++) {
        double value = Float.isNaN(rows[row][column]) ? means[column] : rows[row][column];
        out[at++] = (float) (standardise ? standard(value, column, deviations[column]) : value);
      }
    }
  }

  private double standard(double value, int column, double deviation) {
    return deviation > 0
        ? Math.max(-FARTHEST, Math.min(FARTHEST, (value - means[column]) / deviation))
        : 0; // it never changed, or was never seen
  }

  void save(StateWriter out) {
    out.longs("counts", counts);
    out.doubles("means", means);
    out.doubles("squares", squares);
  }

  Inputs load(StateReader in) {
    Inputs loaded =
        new Inputs(
            standardise,
            impute,
            in.longs("counts", width()),
            in.doubles("means", width()),
            in.doubles("squares", width()));
    for (int i = 0; i < width(); i++) {
      double square = loaded.squares[i];
      if (loaded.counts[i] < 0 || !Double.isFinite(loaded.means[i]) || !(square >= 0)) {
        throw new StateException(
            "Column "
                + i
                + " (counted from 0) is said to have had "
                + loaded.counts[i]
                + " values of mean "
                + loaded.means[i]
                + " and squared deviation "
                + square
                + ".");
      }
    }
    return loaded;
  }
}
