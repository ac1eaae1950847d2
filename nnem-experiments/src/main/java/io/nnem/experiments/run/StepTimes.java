package io.nnem.experiments.run;

import io.nnem.report.stats.Estimate;
import java.util.ArrayList;
import java.util.List;

/**
 * What a training step costs once the memory has filled: the median, over the second half of the
 * steps, of the means of {@value #BLOCK} steps. A mean of all would count what else ran on the
 * machine, and a median of single steps would overlook work that is done at every tenth only.
 */
final class StepTimes {
  static final int BLOCK = 50;

  private final List<Long> blocks = new ArrayList<>();
  private long nanos;
  private int steps;

  void add(long took) {
    nanos += took;
    if (++steps == BLOCK) {
      blocks.add(nanos);
      nanos = 0;
      steps = 0;
    }
  }

  /** In milliseconds; NaN if there was no step. */
  double perStep() {
    if (blocks.isEmpty()) {
      return steps == 0 ? Double.NaN : nanos / 1e6 / steps;
    }
    double[] late =
        blocks.subList(blocks.size() / 2, blocks.size()).stream()
            .mapToDouble(Long::doubleValue)
            .toArray();
    return Estimate.median(late) / 1e6 / BLOCK;
  }
}
