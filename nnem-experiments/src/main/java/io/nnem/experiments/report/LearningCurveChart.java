package io.nnem.experiments.report;

import io.nnem.experiments.stats.Curve;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;

/** Draws the paper's figure: accuracy against training steps. */
final class LearningCurveChart {
  private LearningCurveChart() {}

  /** A chart with a title line above and the legend below. */
  static JFreeChart of(String title, String subtitle, List<Curve> curves) {
    return LineChart.of(title, subtitle, curves, stepAxis(), accuracyAxis(), false);
  }

  private static NumberAxis stepAxis() {
    NumberAxis axis = new NumberAxis("Training step");
    axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits(java.util.Locale.ROOT));
    axis.setAutoRangeIncludesZero(true);
    axis.setLowerMargin(0);
    axis.setUpperMargin(0.01);
    return axis;
  }

  private static NumberAxis accuracyAxis() {
    NumberAxis axis = new NumberAxis("Validation accuracy");
    axis.setRange(0, 1);
    axis.setTickUnit(
        new org.jfree.chart.axis.NumberTickUnit(
            0.1,
            new java.text.DecimalFormat(
                "0.0", java.text.DecimalFormatSymbols.getInstance(java.util.Locale.ROOT))));
    return axis;
  }
}
