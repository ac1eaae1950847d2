package io.nnem.experiments.report;

import io.nnem.experiments.audit.AuditSummary;
import io.nnem.experiments.audit.Finding;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.stats.Curve;
import java.awt.BasicStroke;
import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.ui.Layer;

/** Draws the audit: the cosine with the true gradient against the age of memories. */
final class AuditChart {
  /** The youngest age that a logarithmic axis has a place for; age 0 is drawn here. */
  private static final int YOUNGEST = 1;

  private AuditChart() {}

  /**
   * A chart of the last step that was audited.
   *
   * @param lines from {@link #curves}
   */
  static JFreeChart of(String title, String subtitle, List<Curve> lines) {
    JFreeChart chart =
        LineChart.of(title, subtitle, lines, ageAxis(lines), cosineAxis(lines), true);
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
        int age = (int) Math.max(YOUNGEST, summary.ages().get().middle());
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

  /** Ages with a tick: powers of two. */
  static List<Integer> ticks(double oldest) {
    List<Integer> ticks = new ArrayList<>();
    for (int age = YOUNGEST; age <= oldest; age *= 2) {
      ticks.add(age);
    }
    return ticks;
  }

  private static LogAxis ageAxis(List<Curve> lines) {
    int oldest =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToInt(Curve.Point::step)
            .max()
            .orElse(2 * YOUNGEST);
    LogAxis axis = new LogAxis("Age of the memory, in updates since it was written");
    axis.setBase(2);
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setMinorTickMarksVisible(false);
    axis.setNumberFormatOverride(
        new DecimalFormat("0", DecimalFormatSymbols.getInstance(Locale.ROOT)));
    axis.setRange(0.93 * YOUNGEST, 1.08 * Math.max(2 * YOUNGEST, oldest));
    return axis;
  }

  private static NumberAxis cosineAxis(List<Curve> lines) {
    NumberAxis axis = new NumberAxis("Cosine with the true gradient");
    axis.setRange(Math.min(-0.02, floor(lines)), 1.02);
    axis.setTickUnit(
        new NumberTickUnit(
            0.1, new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT))));
    return axis;
  }
}
