package io.nnem.experiments.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnem.experiments.capacity.CapacityAnalysis;
import io.nnem.experiments.capacity.CapacityComparison;
import io.nnem.experiments.capacity.CapacitySummary;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.stats.Curve;
import io.nnem.experiments.stats.Estimate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The sections that show what came out at each capacity. */
final class CapacitySections {
  private CapacitySections() {}

  /** The interactive figure of the first panel, and the picture of all three. */
  static Section figure(CapacityAnalysis analysis, String svg) {
    String picture = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    return new Section(
        "figure",
        "Accuracy against capacity",
        "<p class=\"hint\">Validation accuracy after the last step against the number of memories"
            + " that are held: "
            + Subtitles.BAND
            + ". Point at the figure for"
            + " values, click a name to hide or show its line. A cross marks a trial that"
            + " diverged.</p>\n"
            + "<div class=\"plot\" data-curves=\"capacity-curves\"></div>\n"
            + "<noscript><p>The figure needs JavaScript; the picture below shows the same.</p>"
            + "</noscript>\n"
            + "<h3>And against what it costs</h3>\n"
            + "<p class=\"hint\">Bytes per memory: key, value, and what is kept beside them. The"
            + " larger a mark, the larger the capacity; marks of conditions that cost the same"
            + " bytes stand side by side.</p>\n"
            + "<img style=\"width:100%\" alt=\"Accuracy against capacity, bytes per memory and time"
            + " of a step\" src=\"data:image/svg+xml;base64,"
            + picture
            + "\">\n"
            + Html.data("capacity-curves", data(analysis)));
  }

  private static ObjectNode data(CapacityAnalysis analysis) {
    List<Curve> curves = CapacityChart.curves(analysis);
    ObjectNode data = CurveData.of(curves);
    int[] capacities =
        analysis.summaries().stream()
            .mapToInt(CapacitySummary::capacity)
            .distinct()
            .sorted()
            .toArray();
    ObjectNode across = data.putObject("x");
    across.put("label", "Capacity, memories");
    across.put("at", "At capacity ");
    across.put("log", true);
    ArrayNode range = across.putArray("range");
    range.add(capacities[0] / 1.3);
    range.add(capacities[capacities.length - 1] * 1.3);
    ArrayNode ticks = across.putArray("ticks");
    for (int capacity : capacities) {
      ticks.add(capacity);
    }
    ObjectNode upward = data.putObject("y");
    upward.put("label", "Validation accuracy");
    upward.put("min", CapacityChart.floor(analysis.summaries()));
    upward.put("max", 1);
    return data;
  }

  /** What is within a point of stored observations, and at what price. */
  static Section comparisons(List<CapacityComparison> comparisons, int observationSize) {
    if (comparisons.isEmpty()) {
      return new Section(
          "comparisons",
          "Against stored observations",
          "<p>There is no exact-reinstatement/stored to compare with.</p>\n");
    }
    StringBuilder html =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "<p class=\"hint\">Each condition against exact reinstatement from stored"
                    + " observations with the same embedder and the same start, paired by seed, in"
                    + " points of validation accuracy, with 95%% intervals. Kept: bytes beside key"
                    + " and value, and what part they are of a stored observation, which has %,d"
                    + " bytes as floats and would have %,d with a byte for each pixel.</p>\n",
                4 * observationSize,
                observationSize));
    List<Integer> capacities =
        comparisons.stream().map(CapacityComparison::capacity).distinct().toList();
    for (int capacity : capacities) {
      List<CapacityComparison> here =
          comparisons.stream().filter(each -> each.capacity() == capacity).toList();
      html.append(String.format(Locale.ROOT, "<h3>%,d memories</h3>\n", capacity))
          .append("<p>")
          .append(words(here, observationSize))
          .append("</p>\n")
          .append(
              Html.table(
                  List.of(
                      "Condition",
                      "Against",
                      "What can be said",
                      "Difference",
                      "95% interval",
                      "Seeds",
                      "Kept, bytes",
                      "Of floats",
                      "Of bytes"),
                  here.stream().map(each -> cells(each, observationSize)).toList(),
                  3));
    }
    return new Section("comparisons", "Against stored observations", html.toString());
  }

  private static String words(List<CapacityComparison> here, int observationSize) {
    List<CapacityComparison> near = here.stream().filter(CapacityComparison::near).toList();
    if (near.isEmpty()) {
      return "No condition is within 1 point of what stored observations reach.";
    }
    return "Within 1 point of what stored observations reach, or above, on average: "
        + near.stream()
            .map(
                each ->
                    code(each.condition())
                        + ", which keeps "
                        + part(each.keptBytes(), 4L * observationSize)
                        + " of their bytes")
            .collect(Collectors.joining("; "))
        + ".";
  }

  private static List<String> cells(CapacityComparison comparison, int observationSize) {
    Estimate difference = comparison.difference();
    String mark =
        switch (comparison.verdict()) {
          case NEAR -> "above";
          case FAR -> "below";
          case NEAR_ON_AVERAGE, FAR_ON_AVERAGE -> "undecided";
        };
    return List.of(
        code(comparison.condition()),
        code(comparison.reference()),
        "<span class=\"verdict " + mark + "\"></span>" + comparison.verdict().words(),
        FigureSections.percent(difference.mean()),
        interval(difference),
        String.valueOf(difference.count()),
        String.format(Locale.ROOT, "%,d", comparison.keptBytes()),
        part(comparison.keptBytes(), 4L * observationSize),
        part(comparison.keptBytes(), observationSize));
  }

  /** The table of all. */
  static Section summary(List<CapacitySummary> summaries) {
    List<List<String>> cells = new ArrayList<>();
    for (CapacitySummary row : summaries) {
      cells.add(
          List.of(
              code(row.condition()),
              String.format(Locale.ROOT, "%,d", row.capacity()),
              FigureSections.percent(row.accuracy().mean()),
              interval(row.accuracy()),
              String.valueOf(row.accuracy().count()),
              row.diverged() == 0 ? "0" : "<strong class=\"bad\">" + row.diverged() + "</strong>",
              String.format(Locale.ROOT, "%,d", row.bytesPerMemory()),
              String.format(Locale.ROOT, "%,d", row.keptBytes()),
              Double.isFinite(row.stepMillis())
                  ? String.format(Locale.ROOT, "%.2f", row.stepMillis())
                  : "&ndash;"));
    }
    return new Section(
        "summary",
        "Summary",
        "<p class=\"hint\">Validation accuracy after the last step in per cent, mean over seeds"
            + " with Student's 95% interval. A trial that diverged counts with its last finite"
            + " accuracy. Bytes per memory: key, value, and what is kept beside them.</p>\n"
            + Html.table(
                List.of(
                    "Condition",
                    "Capacity",
                    "Accuracy",
                    "95% interval",
                    "Seeds",
                    "Diverged",
                    "Bytes per memory",
                    "Kept of them",
                    "Step, ms"),
                cells,
                1));
  }

  private static String interval(Estimate estimate) {
    return estimate.hasInterval()
        ? FigureSections.percent(estimate.low95())
            + " to "
            + FigureSections.percent(estimate.high95())
        : "&ndash;";
  }

  private static String code(Condition condition) {
    return "<code>" + Html.escape(condition.name()) + "</code>";
  }

  private static String part(long bytes, long whole) {
    return String.format(Locale.ROOT, "%.1f%%", 100.0 * bytes / whole);
  }
}
