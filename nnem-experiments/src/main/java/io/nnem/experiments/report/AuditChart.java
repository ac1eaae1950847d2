package io.nnem.experiments.report;

import io.nnem.experiments.audit.AuditSummary;
import io.nnem.experiments.audit.Finding;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.stats.Curve;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.ui.Layer;

/** Draws the audit: the cosine with the true gradient against the age of memories. */
final class AuditChart {
  /** What is upward. */
  static final String COSINE = "Cosine with the true gradient";

  private AuditChart() {}

  /**
   * A chart of the last step that was audited.
   *
   * @param lines from {@link #curves}
   */
  static JFreeChart of(String title, String subtitle, List<Curve> lines) {
    JFreeChart chart =
        LineChart.of(
            title,
            subtitle,
            lines,
            AgeFigure.ages(lines),
            AgeFigure.cosines(COSINE, Math.min(-0.02, floor(lines)), 0.1),
            true);
    ValueMarker lost = new ValueMarker(Finding.LOST);
    lost.setPaint(new Color(0x888888));
    lost.setStroke(new BasicStroke(1));
    chart.getXYPlot().addRangeMarker(lost, Layer.BACKGROUND);
    return chart;
  }

  /** A line for each condition, at the last step: a point for each range of ages. */
  static List<Curve> curves(List<AuditSummary> summaries) {
    Map<Condition, List<Curve.Point>> points = new LinkedHashMap<>();
    for (AuditSummary summary : AuditSummary.last(summaries)) {
      if (summary.ages().isPresent() && Double.isFinite(summary.cosine().mean())) {
        int age = AgeFigure.place(summary.ages().get());
        points
            .computeIfAbsent(summary.condition(), key -> new ArrayList<>())
            .add(new Curve.Point(age, summary.cosine()));
      }
    }
    List<Curve> curves = new ArrayList<>();
    points.forEach((condition, line) -> curves.add(new Curve(condition, line, List.of())));
    return curves;
  }

  /** Where the vertical axis begins: 0, or lower if a gradient points the wrong way. */
  static double floor(List<Curve> lines) {
    double lowest =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(point -> point.accuracy().mean())
            .min()
            .orElse(0);
    return lowest >= -0.02 ? 0 : Math.max(-1, Math.floor(lowest * 10) / 10);
  }
}
