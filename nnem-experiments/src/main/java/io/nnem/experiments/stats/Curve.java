package io.nnem.experiments.stats;

import io.nnem.experiments.config.Condition;
import io.nnem.report.stats.Estimate;
import java.util.List;

/**
 * One line of the figure: validation accuracy against training step, averaged over seeds.
 *
 * @param condition whose line it is
 * @param points by step
 * @param crosses where trials diverged
 */
public record Curve(Condition condition, List<Point> points, List<Cross> crosses) {
  public Curve {
    points = List.copyOf(points);
    crosses = List.copyOf(crosses);
  }

  /**
   * A point of the line.
   *
   * @param step training steps
   * @param accuracy over the seeds
   */
  public record Point(int step, Estimate accuracy) {}

  /**
   * A diverged trial.
   *
   * @param seed its seed
   * @param step where it diverged
   * @param accuracy its last finite accuracy by then
   * @param reason why it counts as diverged
   */
  public record Cross(long seed, int step, double accuracy, String reason) {}
}
