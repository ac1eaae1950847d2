package io.nnem.experiments.report;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.AgeRange;
import io.nnem.experiments.run.Staleness;
import io.nnem.experiments.stats.Curve;
import io.nnem.experiments.stats.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jfree.chart.JFreeChart;

/** How fresh keys are, against their age: a line for each condition. */
final class StalenessFigure {
  private static final String COSINE = "Cosine of the key with today's";

  private StalenessFigure() {}

  /** The interactive figure, and what it shows. */
  static Section section(List<Staleness> rows) {
    List<Curve> curves = curves(rows);
    double from = floor(curves);
    return new Section(
        "staleness",
        "Staleness against age",
        "<p class=\"hint\">Mean cosine between the key as it is stored at the end of training and"
            + " as the embedder would write it now, for the memories of each age: "
            + Subtitles.BAND
            + ". 1 is fresh.</p>\n"
            + "<div class=\"plot\" data-curves=\"staleness-curves\"></div>\n"
            + "<noscript><p>The figure needs JavaScript; staleness.svg shows the same.</p>"
            + "</noscript>\n"
            + Html.data(
                "staleness-curves",
                AgeFigure.data(
                    curves, rows.stream().map(Staleness::ages).toList(), COSINE, from, 1.01)));
  }

  /** A chart with a title line above and the legend below. */
  static JFreeChart chart(String subtitle, List<Staleness> rows) {
    List<Curve> curves = curves(rows);
    double from = floor(curves);
    return LineChart.of(
        "How stale are old keys?",
        subtitle,
        curves,
        AgeFigure.ages(curves),
        AgeFigure.cosines(COSINE, from, from < 0.5 ? 0.1 : from < 0.9 ? 0.05 : 0.01),
        true);
  }

  /** A line for each condition: a point for each range of ages. */
  private static List<Curve> curves(List<Staleness> rows) {
    Map<Condition, Map<Long, List<Staleness>>> groups = new LinkedHashMap<>();
    for (Staleness row : rows) {
      groups
          .computeIfAbsent(row.condition(), key -> new TreeMap<>())
          .computeIfAbsent(row.ages().from(), key -> new ArrayList<>())
          .add(row);
    }
    List<Curve> curves = new ArrayList<>();
    groups.forEach(
        (condition, byAge) -> {
          List<Curve.Point> points = new ArrayList<>();
          for (List<Staleness> same : byAge.values()) {
            AgeRange ages = same.get(0).ages();
            double[] cosines = same.stream().mapToDouble(Staleness::cosine).toArray();
            points.add(new Curve.Point(AgeFigure.place(ages), Estimate.of(cosines)));
          }
          curves.add(new Curve(condition, points, List.of()));
        });
    return curves;
  }

  /** Where the vertical axis begins: a tenth below the stalest, so that differences are seen. */
  private static double floor(List<Curve> curves) {
    double lowest =
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(point -> point.accuracy().mean())
            .min()
            .orElse(0);
    return lowest < 0.9 ? Math.floor(lowest * 10 - 0.2) / 10 : Math.floor(lowest * 100 - 0.2) / 100;
  }
}
