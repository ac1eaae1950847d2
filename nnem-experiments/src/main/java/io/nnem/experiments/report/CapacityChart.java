package io.nnem.experiments.report;

import io.nnem.experiments.capacity.CapacityAnalysis;
import io.nnem.experiments.capacity.CapacityRow;
import io.nnem.experiments.capacity.CapacitySummary;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.stats.Curve;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CombinedRangeXYPlot;
import org.jfree.chart.plot.XYPlot;

/**
 * Draws accuracy against capacity, against what a memory costs in bytes, and against what a step
 * costs in time: three panels with one vertical axis.
 */
final class CapacityChart {
  /** Units of which the picture is wide. */
  static final int WIDTH = 1500;

  private static final int PANELS = 560;

  private CapacityChart() {}

  /** Units of which the picture is high: the legend has a line for every two conditions. */
  static int height(CapacityAnalysis analysis) {
    return PANELS + ConditionKey.height(curves(analysis).size());
  }

  /** A chart with a title line above and the conditions below. */
  static JFreeChart of(String title, String subtitle, CapacityAnalysis analysis) {
    List<Curve> curves = curves(analysis);
    List<Condition> conditions = curves.stream().map(Curve::condition).toList();
    Map<Condition, ConditionStyle> styles = ConditionStyle.of(conditions);
    List<CapacitySummary> all = analysis.summaries();
    NumberAxis accuracy = accuracyAxis(all);

    TickedLogAxis capacities =
        new TickedLogAxis(
            "Capacity, memories",
            all.stream().mapToDouble(CapacitySummary::capacity).distinct().toArray());
    XYPlot first = LineChart.plot(curves, capacities, accuracy, true);
    Map<Condition, List<CostPoint>> bytes = points(all, CapacitySummary::bytesPerMemory);
    Map<Condition, List<CostPoint>> millis = points(all, CapacitySummary::stepMillis);
    CombinedRangeXYPlot plot = new CombinedRangeXYPlot(accuracy);
    plot.setGap(28);
    plot.add(first, 1);
    plot.add(CostPanel.of("Bytes per memory", bytes, styles, accuracy, true), 1);
    plot.add(
        CostPanel.of("Time of a training step, ms (median)", millis, styles, accuracy, false), 1);
    LineChart.style(accuracy);
    return LineChart.dress(title, subtitle, plot, new ConditionKey(styles));
  }

  /**
   * A point of the panels that show costs.
   *
   * @param cost in bytes or milliseconds
   * @param rank of its capacity: 0 for the smallest
   * @param summary the rest
   */
  record CostPoint(double cost, int rank, CapacitySummary summary) {}

  private static Map<Condition, List<CostPoint>> points(
      List<CapacitySummary> all, ToDoubleFunction<CapacitySummary> cost) {
    List<Integer> ranks = all.stream().map(CapacitySummary::capacity).distinct().sorted().toList();
    return all.stream()
        .filter(summary -> cost.applyAsDouble(summary) > 0)
        .collect(
            Collectors.groupingBy(
                CapacitySummary::condition,
                Collectors.mapping(
                    summary ->
                        new CostPoint(
                            cost.applyAsDouble(summary),
                            ranks.indexOf(summary.capacity()),
                            summary),
                    Collectors.toList())));
  }

  /** A line for each condition: a point for each capacity, a cross for each diverged trial. */
  static List<Curve> curves(CapacityAnalysis analysis) {
    List<Condition> conditions =
        analysis.summaries().stream().map(CapacitySummary::condition).distinct().toList();
    List<Curve> curves = new ArrayList<>();
    for (Condition condition : conditions) {
      Map<Integer, Curve.Point> points = new TreeMap<>();
      for (CapacitySummary summary : analysis.summaries()) {
        if (summary.condition().equals(condition)) {
          points.put(summary.capacity(), new Curve.Point(summary.capacity(), summary.accuracy()));
        }
      }
      List<Curve.Cross> crosses =
          analysis.rows().stream()
              .filter(row -> row.condition().equals(condition) && row.diverged())
              .sorted(Comparator.comparingInt(CapacityRow::capacity))
              .map(row -> new Curve.Cross(row.seed(), row.capacity(), row.accuracy(), "diverged"))
              .toList();
      curves.add(new Curve(condition, List.copyOf(points.values()), crosses));
    }
    return curves;
  }

  /** Where the vertical axis begins: at a tenth, with room for the lowest mean. */
  static double floor(List<CapacitySummary> summaries) {
    double lowest =
        summaries.stream().mapToDouble(summary -> summary.accuracy().mean()).min().orElse(0);
    return Math.max(0, Math.floor((lowest - 0.02) * 10) / 10);
  }

  private static NumberAxis accuracyAxis(List<CapacitySummary> summaries) {
    NumberAxis axis = new NumberAxis("Validation accuracy");
    double floor = floor(summaries);
    axis.setRange(floor, 1);
    axis.setTickUnit(new NumberTickUnit(floor >= 0.7 ? 0.05 : 0.1, LineChart.format("0.00")));
    return axis;
  }
}
