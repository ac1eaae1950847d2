package io.nnem.experiments.report;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.stats.Comparison;
import io.nnem.experiments.stats.Curve;
import io.nnem.experiments.stats.Estimate;
import io.nnem.experiments.stats.SummaryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The sections that show what came out of the trials. */
final class FigureSections {
  private FigureSections() {}

  /** The interactive figure. */
  static Section learningCurves(List<Curve> curves) {
    return new Section(
        "figure",
        "Learning curves",
        "<p class=\"hint\">Validation accuracy against training step: "
            + Subtitles.BAND
            + ". Point at the figure for values, drag to zoom into steps,"
            + " double-click to zoom out, click a name to hide or show its line. A cross marks a"
            + " trial that diverged.</p>\n"
            + "<div class=\"plot\" data-curves=\"learning-curves\"></div>\n"
            + "<noscript><p>The figure needs JavaScript; figure.svg shows the same.</p>"
            + "</noscript>\n"
            + Html.data("learning-curves", CurveData.of(curves)));
  }

  /** The table of the conditions. */
  static Section summary(List<SummaryRow> rows) {
    List<List<String>> cells = new ArrayList<>();
    for (SummaryRow row : rows) {
      Estimate accuracy = row.accuracy();
      cells.add(
          List.of(
              name(row.condition()),
              percent(accuracy.mean()),
              accuracy.hasInterval()
                  ? percent(accuracy.low95()) + " to " + percent(accuracy.high95())
                  : "&ndash;",
              String.valueOf(accuracy.count()),
              row.diverged() == 0 ? "0" : "<strong class=\"bad\">" + row.diverged() + "</strong>",
              String.format(Locale.ROOT, "%,d", row.retainedBytesPerMemory()),
              String.format(Locale.ROOT, "%.2f", row.stepMillis())));
    }
    return new Section(
        "summary",
        "Summary",
        "<p class=\"hint\">Final validation accuracy in per cent, mean over seeds with Student's"
            + " 95% interval. A trial that diverged counts with its last finite accuracy."
            + " Retained: bytes that the credit assigner keeps for a memory beside its key and"
            + " value.</p>\n"
            + Html.table(
                List.of(
                    "Condition",
                    "Accuracy",
                    "95% interval",
                    "Seeds",
                    "Diverged",
                    "Retained, bytes",
                    "Step, ms"),
                cells,
                1));
  }

  /** The claims of the paper, each in a sentence. */
  static Section comparisons(List<Comparison> comparisons) {
    if (comparisons.isEmpty()) {
      return new Section(
          "comparisons", "Comparisons", "<p>There is no pair of conditions to compare.</p>\n");
    }
    List<List<String>> cells = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      Estimate difference = comparison.difference();
      cells.add(
          List.of(
              "<span class=\"verdict "
                  + comparison.verdict().name().toLowerCase(Locale.ROOT)
                  + "\"></span>"
                  + Html.escape(comparison.sentence()),
              percent(difference.mean()),
              difference.hasInterval()
                  ? percent(difference.low95()) + " to " + percent(difference.high95())
                  : "&ndash;",
              String.valueOf(difference.count())));
    }
    return new Section(
        "comparisons",
        "Comparisons",
        "<p class=\"hint\">Differences in final validation accuracy, in points, paired by seed,"
            + " with 95% intervals. The paper has exact above approximate and above synthetic, and"
            + " all above no credit.</p>\n"
            + Html.table(
                List.of("What can be said", "Difference", "95% interval", "Seeds"), cells, 1));
  }

  /** The trials that diverged; said also if there are none. */
  static Section divergences(List<Curve> curves) {
    List<List<String>> cells = new ArrayList<>();
    for (Curve curve : curves) {
      for (Curve.Cross cross : curve.crosses()) {
        cells.add(
            List.of(
                name(curve.condition()),
                Html.escape(cross.reason()),
                String.valueOf(cross.seed()),
                String.valueOf(cross.step()),
                percent(cross.accuracy())));
      }
    }
    String html =
        cells.isEmpty()
            ? "<p>No trial diverged.</p>\n"
            : Html.table(
                List.of("Condition", "What was seen", "Seed", "Step", "Last accuracy"), cells, 2);
    return new Section("divergences", "Divergences", html);
  }

  /** A condition in the paper's words and its own. */
  static String name(Condition condition) {
    String label = ConditionStyle.label(condition);
    return label.equals(condition.name())
        ? "<code>" + Html.escape(label) + "</code>"
        : Html.escape(label) + "<br><code>" + Html.escape(condition.name()) + "</code>";
  }

  /** A share in per cent, with a decimal. */
  static String percent(double share) {
    String text = String.format(Locale.ROOT, "%.1f", 100 * share);
    return text.equals("-0.0") ? "0.0" : text.replace("-", "&minus;");
  }
}
