package io.nnem.experiments.report;

import io.nnem.experiments.decoders.DecodersSummary;
import io.nnem.experiments.stats.Curve;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;

/** Draws the loss on held-out images against training steps. */
final class DecodersChart {
  private DecodersChart() {}

  /** A chart with a title line above and the legend below. */
  static JFreeChart of(String title, String subtitle, List<Curve> lines) {
    NumberAxis across = new NumberAxis("Training step");
    across.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
    across.setLowerMargin(0);
    across.setUpperMargin(0.01);
    NumberAxis upward = new NumberAxis("Loss on validation images, in nats");
    upward.setRange(floor(lines), ceiling(lines));
    upward.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
    return LineChart.of(title, subtitle, lines, across, upward, true);
  }

  /** A line for each condition. The first look is before any training and would hide the rest. */
  static List<Curve> curves(List<DecodersSummary> summaries) {
    return summaries.stream()
        .map(
            summary ->
                new Curve(
                    summary.condition(),
                    summary.curve().stream().filter(point -> point.step() > 0).toList(),
                    List.of()))
        .toList();
  }

  /** Where the vertical axis begins. */
  static double floor(List<Curve> lines) {
    double lowest =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(point -> point.accuracy().mean())
            .min()
            .orElse(0);
    return Math.floor(0.95 * lowest);
  }

  /** Where it ends. */
  static double ceiling(List<Curve> lines) {
    double highest =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(point -> point.accuracy().mean())
            .max()
            .orElse(1);
    return Math.ceil(1.05 * highest) + 1;
  }
}
