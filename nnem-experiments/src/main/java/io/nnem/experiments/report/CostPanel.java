package io.nnem.experiments.report;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.report.CapacityChart.CostPoint;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Accuracy against a cost, on a logarithmic axis: a mark with its 95% interval for each condition
 * and capacity, the larger the larger the capacity, and a thin line from one to the next.
 */
final class CostPanel {
  /** How far apart marks of the same cost stand at most, as a part of the axis. */
  private static final double APART = 0.016;

  private CostPanel() {}

  /**
   * A panel.
   *
   * @param points of the conditions that have any
   * @param styles of all conditions, in their order
   * @param upward the vertical axis, its range set
   * @param sideBySide whether marks of the same cost stand side by side, so that all are seen
   */
  static XYPlot of(
      String label,
      Map<Condition, List<CostPoint>> points,
      Map<Condition, ConditionStyle> styles,
      ValueAxis upward,
      boolean sideBySide) {
    double[] costs =
        points.values().stream().flatMap(List::stream).mapToDouble(CostPoint::cost).toArray();
    TickedLogAxis across = TickedLogAxis.rounded(label, costs);
    LineChart.style(across);
    Map<Condition, Double> shifts = sideBySide ? shifts(points, styles, across) : Map.of();
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    Marks marks = new Marks();
    for (Map.Entry<Condition, ConditionStyle> each : styles.entrySet()) {
      List<CostPoint> its = points.getOrDefault(each.getKey(), List.of());
      YIntervalSeries series = new YIntervalSeries(each.getKey().name(), false, true);
      List<Integer> ranks = new ArrayList<>();
      for (CostPoint point : its) {
        double cost = point.cost() * shifts.getOrDefault(each.getKey(), 1.0);
        LineChart.add(cost, point.summary().accuracy(), upward.getRange(), series);
        ranks.add(point.rank());
      }
      marks.add(each.getValue(), ranks);
      data.addSeries(series);
    }
    XYPlot plot = new XYPlot(data, across, upward, marks);
    LineChart.paper(plot);
    return plot;
  }

  /** Conditions of one cost are spread around it, and stay clear of those of the next. */
  private static Map<Condition, Double> shifts(
      Map<Condition, List<CostPoint>> points,
      Map<Condition, ConditionStyle> styles,
      ValueAxis across) {
    Map<Double, List<Condition>> groups = new HashMap<>();
    for (Condition condition : styles.keySet()) {
      List<CostPoint> its = points.getOrDefault(condition, List.of());
      if (!its.isEmpty()) {
        groups.computeIfAbsent(its.get(0).cost(), cost -> new ArrayList<>()).add(condition);
      }
    }
    double apart = APART * Math.log10(across.getUpperBound() / across.getLowerBound());
    Map<Condition, Double> shifts = new HashMap<>();
    groups.forEach(
        (cost, group) -> {
          double nearest =
              groups.keySet().stream()
                  .filter(other -> !other.equals(cost))
                  .mapToDouble(other -> Math.abs(Math.log10(other / cost)))
                  .min()
                  .orElse(1);
          double step = Math.min(apart, 0.7 * nearest / group.size());
          for (int i = 0; i < group.size(); i++) {
            shifts.put(group.get(i), Math.pow(10, (i - (group.size() - 1) / 2.0) * step));
          }
        });
    return shifts;
  }

  /** Marks that grow with the capacity. */
  private static final class Marks extends XYErrorRenderer {
    private static final long serialVersionUID = 1L;

    private final ArrayList<ArrayList<Integer>> ranks = new ArrayList<>();

    Marks() {
      setDrawXError(false);
      setDrawYError(true);
      setCapLength(5);
      setErrorStroke(new BasicStroke(1.2f));
    }

    void add(ConditionStyle style, List<Integer> itsRanks) {
      int series = ranks.size();
      Paint paint = Color.decode(style.colour());
      setSeriesPaint(series, paint);
      setSeriesStroke(series, new BasicStroke(1));
      setSeriesLinesVisible(series, true);
      ranks.add(new ArrayList<>(itsRanks));
    }

    @Override
    public Shape getItemShape(int row, int column) {
      double radius = 2.6 + 1.2 * ranks.get(row).get(column);
      return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
    }

    @Override
    public boolean equals(Object other) {
      return super.equals(other) && other instanceof Marks marks && ranks.equals(marks.ranks);
    }

    @Override
    public int hashCode() {
      return 31 * super.hashCode() + ranks.hashCode();
    }
  }
}
