package io.nnem.experiments.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnem.experiments.audit.AuditSummary;
import io.nnem.experiments.audit.Finding;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.AgeRange;
import io.nnem.experiments.stats.Curve;
import io.nnem.experiments.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The sections that show what came out of an audit. */
final class AuditSections {
  private AuditSections() {}

  /** The interactive figure. */
  static Section figure(List<AuditSummary> summaries, String when) {
    List<Curve> curves = AuditChart.curves(summaries);
    return new Section(
        "figure",
        "Cosine against age",
        "<p class=\"hint\">Cosine between the gradient that a condition's credit gives the embedder"
            + " and the true one, "
            + Html.escape(when)
            + ", for the memories of each age: "
            + Subtitles.BAND
            + ". 1 is the"
            + " true direction, 0 is none; below 0.5 the direction counts as lost. The truth is"
            + " computed in double precision, with every memory embedded again from its"
            + " observation. Point at the figure for values, click a name to hide or show its"
            + " line.</p>\n"
            + "<div class=\"plot\" data-curves=\"audit-curves\"></div>\n"
            + "<noscript><p>The figure needs JavaScript; audit.svg shows the same.</p>"
            + "</noscript>\n"
            + Html.data("audit-curves", data(curves, summaries)));
  }

  private static ObjectNode data(List<Curve> curves, List<AuditSummary> summaries) {
    List<AgeRange> ages =
        AuditSummary.last(summaries).stream().flatMap(s -> s.ages().stream()).toList();
    return AgeFigure.data(curves, ages, AuditChart.COSINE, AuditChart.floor(curves) - 0.02, 1.02);
  }

  /** What came out, a sentence for each condition. */
  static Section findings(List<Finding> findings, List<String> lost) {
    List<List<String>> cells = new ArrayList<>();
    for (Finding finding : findings) {
      String mark =
          switch (finding.verdict()) {
            case KEEPS -> "above";
            case LOSES -> "below";
            case NONE -> "open";
          };
      cells.add(
          List.of(
              FigureSections.name(finding.condition()),
              "<span class=\"verdict " + mark + "\"></span>It " + Html.escape(finding.words())));
    }
    StringBuilder html =
        new StringBuilder(Html.table(List.of("Condition", "What came out"), cells, 2));
    lost.forEach(
        each -> html.append("<p class=\"bad\">").append(Html.escape(each)).append("</p>\n"));
    return new Section("findings", "What came out", html.toString());
  }

  /** The last step, by age. */
  static Section ages(List<AuditSummary> summaries) {
    List<AuditSummary> last =
        AuditSummary.last(summaries).stream().filter(s -> s.ages().isPresent()).toList();
    Map<Long, AgeRange> ages = new TreeMap<>();
    last.forEach(s -> ages.put(s.ages().orElseThrow().from(), s.ages().orElseThrow()));
    List<String> headings = new ArrayList<>(List.of("Age, in updates"));
    ages.values().forEach(range -> headings.add(range.toString().replace(" to ", "&ndash;")));
    List<Condition> conditions = last.stream().map(AuditSummary::condition).distinct().toList();

    List<List<String>> memory = new ArrayList<>();
    memory.add(row("Memories", ages, first(last), s -> number(s.memories(), 0)));
    memory.add(row("Freshness of the keys", ages, first(last), s -> number(s.staleness(), 3)));
    String html =
        "<p class=\"hint\">Freshness is the mean cosine between a key as it is stored and as it"
            + " would be written now.</p>\n"
            + Html.table(headings, memory, 1)
            + "<h3>Cosine with the true gradient</h3>\n"
            + Html.table(headings, rows(conditions, last, ages, s -> cosine(s.cosine())), 1)
            + "<h3>Length, as a multiple of the true gradient's</h3>\n"
            + Html.table(headings, rows(conditions, last, ages, s -> number(s.normRatio(), 3)), 1)
            + "<h3>Bias</h3>\n"
            + "<p class=\"hint\">How far the mean gradient of several readings is from the true"
            + " mean, as a multiple of that.</p>\n"
            + Html.table(headings, rows(conditions, last, ages, s -> number(s.bias(), 3)), 1);
    List<Condition> reinstating =
        conditions.stream().filter(condition -> condition.reinstatement().isPresent()).toList();
    if (!reinstating.isEmpty()) {
      html +=
          "<h3>Error of reinstated observations</h3>\n"
              + "<p class=\"hint\">Mean squared error of a pixel, which is from 0 to 1.</p>\n"
              + Html.table(
                  headings, rows(reinstating, last, ages, s -> number(s.reconstruction(), 4)), 1);
    }
    return new Section("ages", "By age", html);
  }

  private static List<AuditSummary> first(List<AuditSummary> last) {
    return last.stream().filter(s -> s.condition().equals(last.get(0).condition())).toList();
  }

  private static List<List<String>> rows(
      List<Condition> conditions,
      List<AuditSummary> last,
      Map<Long, AgeRange> ages,
      Function<AuditSummary, String> cell) {
    List<List<String>> rows = new ArrayList<>();
    for (Condition condition : conditions) {
      List<AuditSummary> own = last.stream().filter(s -> s.condition().equals(condition)).toList();
      rows.add(row(FigureSections.name(condition), ages, own, cell));
    }
    return rows;
  }

  private static List<String> row(
      String name,
      Map<Long, AgeRange> ages,
      List<AuditSummary> own,
      Function<AuditSummary, String> cell) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (long from : ages.keySet()) {
      Optional<AuditSummary> summary =
          own.stream().filter(s -> s.ages().orElseThrow().from() == from).findFirst();
      cells.add(summary.map(cell).orElse("&ndash;"));
    }
    return cells;
  }

  /** The whole gradient, at each step that was audited. */
  static Section steps(List<AuditSummary> summaries) {
    List<List<String>> cells = new ArrayList<>();
    for (AuditSummary summary : summaries) {
      if (summary.ages().isEmpty()) {
        cells.add(
            List.of(
                FigureSections.name(summary.condition()),
                String.valueOf(summary.step()),
                cosine(summary.cosine()),
                number(summary.normRatio(), 3),
                number(summary.bias(), 3)));
      }
    }
    return new Section(
        "steps",
        "The whole gradient, by step",
        Html.table(List.of("Condition", "Step", "Cosine", "Length", "Bias"), cells, 1));
  }

  private static String cosine(Estimate estimate) {
    String text = number(estimate, 3);
    return estimate.mean() < Finding.LOST ? "<strong class=\"bad\">" + text + "</strong>" : text;
  }

  private static String number(Estimate estimate, int decimals) {
    if (!Double.isFinite(estimate.mean())) {
      return "&ndash;";
    }
    String text = String.format(Locale.ROOT, "%." + decimals + "f", estimate.mean());
    return text.matches("-0\\.?0*") ? text.substring(1) : text.replace("-", "&minus;");
  }
}
