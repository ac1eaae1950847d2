package io.nnem.learners;

import io.nnem.core.StateException;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What targets are stored as: less a centre, in units of a deviation. Immutable. */
final class Scale {

  private final double[] centres;
  private final double[] units;

  private Scale(double[] centres, double[] units) {
    this.centres = centres;
    this.units = units;
  }

  /**
   * By the mean and the deviation of targets; one that never changes is measured by its size.
   *
   * @throws IllegalArgumentException if a target is not finite or missing
   */
  static Scale of(float[][] targets) {
    int width = targets[0] == null ? 0 : targets[0].length;
    if (width == 0) {
      throw new IllegalArgumentException("Row 0 (counted from 0) has no target.");
    }
    Scale scale = new Scale(new double[width], new double[width]);
    scale.require(targets);
    for (int i = 0; i < width; i++) {
      int column = i;
      double[] values = Arrays.stream(targets).mapToDouble(row -> row[column]).toArray();
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
      double deviation = Math.sqrt(variance / values.length);
      scale.centres[i] = mean;
      scale.units[i] = deviation > 0 ? deviation : mean == 0 ? 1 : Math.abs(mean);
    }
    return scale;
  }

  /**
   * Refuses targets that cannot be used.
   *
   * @throws IllegalArgumentException naming the first of them
   */
  void require(float[][] targets) {
    for (int row = 0; row < targets.length; row++) {
      int width = targets[row] == null ? 0 : targets[row].length;
      if (width != size()) {
        throw new IllegalArgumentException(
            "Row "
                + row
                + " (counted from 0) has "
                + width
                + " targets, but must have "
                + size()
                + ".");
      }
      for (float target : targets[row]) {
        if (!Float.isFinite(target)) {
          throw new IllegalArgumentException(
              "Row "
                  + row
                  + " (counted from 0) has a target of "
                  + target
                  + ": targets must be finite.");
        }
      }
    }
  }

  int size() {
    return centres.length;
  }

  void store(float[] targets, float[] out, int at) {
    for (int i = 0; i < targets.length; i++) {
      out[at + i] = (float) ((targets[i] - centres[i]) / units[i]);
    }
  }

  double target(double stored, int column) {
    return stored * units[column] + centres[column];
  }

  List<Double> targets(List<Double> stored) {
    return IntStream.range(0, size()).mapToObj(i -> target(stored.get(i), i)).toList();
  }

  List<Double> targets(double[] stored, int at) {
    return IntStream.range(0, size()).mapToObj(i -> target(stored[at + i], i)).toList();
  }

  void save(StateWriter out) {
    out.doubles("target-centres", centres);
    out.doubles("target-units", units);
  }

  static Scale load(StateReader in, int size) {
    Scale scale = new Scale(in.doubles("target-centres", size), in.doubles("target-units", size));
    for (int i = 0; i < size; i++) {
      double unit = scale.units[i];
      if (!Double.isFinite(scale.centres[i]) || !(unit > 0 && unit < Double.POSITIVE_INFINITY)) {
        throw new StateException(
            "Target " + i + " is said to be " + scale.centres[i] + " and units of " + unit + ".");
      }
    }
    return scale;
  }
}
