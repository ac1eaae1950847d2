package io.nnem.experiments.capacity;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.engine.Conditions;
import io.nnem.report.chart.Axis;
import io.nnem.report.chart.Chart;
import io.nnem.report.chart.Figure;
import io.nnem.report.chart.Point;
import io.nnem.report.chart.Series;
import io.nnem.report.chart.Style;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Accuracy against capacity, against what a memory costs in bytes, and against what a step costs in
 * time: three charts with one vertical axis.
 */
final class CapacityFigure {
  static final String TITLE = "Accuracy against capacity";

  private final CapacityAnalysis analysis;
  private final List<Integer> capacities;
  private final Map<Condition, Style> styles;
  private final Axis accuracy;

  private CapacityFigure(CapacityAnalysis analysis) {
    List<CapacitySummary> all = analysis.summaries();
    this.analysis = analysis;
    capacities = all.stream().map(CapacitySummary::capacity).distinct().sorted().toList();
    styles = Conditions.styles(all.stream().map(CapacitySummary::condition).distinct().toList());
    double lowest = all.stream().mapToDouble(row -> row.accuracy().mean()).min().orElse(0);
    // at a tenth, with room for the lowest mean
    double floor = Math.max(0, Math.floor((lowest - 0.02) * 10) / 10);
    accuracy = Axis.linear("Validation accuracy", floor, 1, floor >= 0.7 ? 0.05 : 0.1);
  }

  static Figure of(String subtitle, CapacityAnalysis analysis) {
    CapacityFigure figure = new CapacityFigure(analysis);
    return new Figure(
        "capacity",
        TITLE,
        subtitle,
        1200,
        430,
        List.of(
            figure.capacities(),
            figure
                .costs("Bytes per memory", "%,.0f bytes", CapacitySummary::bytesPerMemory)
                .sideBySide(),
            figure.costs(
                "Time of a training step, ms (median)", "%.2f ms", CapacitySummary::stepMillis)));
  }

  /** A line for each condition: a point for each capacity, a cross for each diverged trial. */
  private Chart capacities() {
    List<Series> series =
        styles.keySet().stream()
            .map(
                condition ->
                    series(
                        condition,
                        of(condition).stream().map(CapacityFigure::point).toList(),
                        analysis.rows().stream()
                            .filter(row -> row.condition().equals(condition) && row.diverged())
                            .map(CapacityFigure::cross)
                            .toList()))
            .toList();
    Axis axis =
        Axis.logOf(
            "Capacity, memories", capacities.stream().mapToDouble(Integer::doubleValue).toArray());
    return new Chart(Chart.Kind.DOTTED_LINES, axis, accuracy, series);
  }

  private List<CapacitySummary> of(Condition condition) {
    return analysis.summaries().stream()
        .filter(row -> row.condition().equals(condition))
        .sorted(Comparator.comparingInt(CapacitySummary::capacity))
        .toList();
  }

  private Series series(Condition condition, List<Point> points, List<Point> crosses) {
    return new Series(
        condition.name(), Conditions.label(condition), styles.get(condition), points, crosses);
  }

  private static Point point(CapacitySummary row) {
    String at = String.format(Locale.ROOT, "At capacity %,d", row.capacity());
    return Point.of(row.capacity(), row.accuracy(), at);
  }

  private static Point cross(CapacityRow row) {
    String words = String.format(Locale.ROOT, "Seed %d diverged", row.seed());
    return Point.of(row.capacity(), row.accuracy(), words);
  }

  /** A mark for each condition and capacity, the larger the larger the capacity. */
  private Chart costs(String label, String format, ToDoubleFunction<CapacitySummary> cost) {
    List<Series> series =
        styles.keySet().stream()
            .map(
                condition ->
                    series(
                        condition,
                        of(condition).stream()
                            .filter(row -> cost.applyAsDouble(row) > 0)
                            .map(row -> point(row, format, cost.applyAsDouble(row)))
                            .toList(),
                        List.of()))
            .toList();
    double[] costs =
        series.stream().flatMap(each -> each.points().stream()).mapToDouble(Point::x).toArray();
    Axis axis = Axis.logOf(label, costs).rounded();
    return new Chart(Chart.Kind.JOINED_DOTS, axis, accuracy, series);
  }

  private Point point(CapacitySummary row, String format, double cost) {
    String at = String.format(Locale.ROOT, "Capacity %,d, " + format, row.capacity(), cost);
    double size = 0.75 + 0.35 * capacities.indexOf(row.capacity());
    return Point.of(cost, row.accuracy(), at).sized(size);
  }
}
