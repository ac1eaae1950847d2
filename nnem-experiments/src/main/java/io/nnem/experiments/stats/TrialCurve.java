package io.nnem.experiments.stats;

import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.TrialResult;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The validation accuracy of one trial at every step.
 *
 * <p>After a divergence the last finite accuracy is carried forward, so that a diverged trial stays
 * in every mean. A trial that diverged before it was ever measured counts as accuracy 0.
 */
public final class TrialCurve {
  private final NavigableMap<Integer, Double> accuracies = new TreeMap<>();

  public TrialCurve(TrialResult result) {
    for (Measurement measurement : result.measurements()) {
      if (measurement.split().equals(Measurement.VALIDATION)
          && Double.isFinite(measurement.accuracy())) {
        accuracies.put(measurement.step(), measurement.accuracy());
      }
    }
  }

  /** The latest finite accuracy up to a step. */
  double at(int step) {
    Map.Entry<Integer, Double> latest = accuracies.floorEntry(step);
    return latest == null ? 0 : latest.getValue();
  }

  /** The last finite accuracy; 0 if there is none. */
  public double last() {
    return accuracies.isEmpty() ? 0 : accuracies.lastEntry().getValue();
  }
}
