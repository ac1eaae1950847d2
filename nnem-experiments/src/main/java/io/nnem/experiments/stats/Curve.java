package io.nnem.experiments.stats;

import io.nnem.experiments.config.Condition;
import io.nnem.report.stats.Estimate;
import java.util.List;

/** One line of the figure: validation accuracy against training step, averaged over seeds. */
public record Curve(Condition condition, List<Point> points, List<Cross> crosses) {
  public Curve {
    points = List.copyOf(points);
    crosses = List.copyOf(crosses);
  }

  public record Point(int step, Estimate accuracy) {}

  /** A trial that diverged, with its last finite accuracy by then. */
  public record Cross(long seed, int step, double accuracy, String reason) {}
}
