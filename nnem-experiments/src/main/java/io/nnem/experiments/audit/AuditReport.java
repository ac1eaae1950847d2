package io.nnem.experiments.audit;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.Conditions;
import io.nnem.experiments.engine.Curves;
import io.nnem.experiments.engine.FolderReport;
import io.nnem.experiments.engine.RunFiles;
import io.nnem.experiments.run.AgeRange;
import io.nnem.experiments.run.Outcome;
import io.nnem.report.chart.Axis;
import io.nnem.report.chart.Chart;
import io.nnem.report.chart.Figure;
import io.nnem.report.chart.Point;
import io.nnem.report.chart.Series;
import io.nnem.report.page.Block;
import io.nnem.report.page.Section;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Format;
import io.nnem.report.table.Table;
import io.nnem.report.table.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The report of {@code nnem audit}: the cosine with the true gradient against the age of memories.
 */
public record AuditReport(RunFiles files, AuditPlan plan) implements FolderReport {
  /**
   * {@code audit.csv}. Ages are from {@code age_from} to below {@code age_to}; without ages a line
   * is of the whole gradient.
   */
  static final Table<AuditRow> AUDIT_CSV =
      Table.<AuditRow>of()
          .with("condition", Format.TEXT, row -> row.condition().name())
          .with("seed", Format.PLAIN, AuditRow::seed)
          .with("step", Format.PLAIN, AuditRow::step)
          .with("age_from", Format.PLAIN, r -> r.ages().map(a -> "" + a.from()).orElse(""))
          .with("age_to", Format.PLAIN, r -> r.ages().map(a -> "" + a.to()).orElse(""))
          .with("memories", Format.PLAIN, AuditRow::memories)
          .with("cosine", Format.SIGNIFICANT_OR_EMPTY, AuditRow::cosine)
          .with("norm_ratio", Format.SIGNIFICANT_OR_EMPTY, AuditRow::normRatio)
          .with("bias", Format.SIGNIFICANT_OR_EMPTY, AuditRow::bias)
          .with("staleness", Format.SIGNIFICANT_OR_EMPTY, AuditRow::staleness)
          .with("reconstruction", Format.SIGNIFICANT_OR_EMPTY, AuditRow::reconstruction);

  private static final String TITLE = "How true is the credit that old memories bring?";

  private static final Table<Finding> FINDINGS =
      Table.<Finding>of()
          .with("Condition", Conditions.NAME, Finding::condition)
          .with(
              "What came out",
              Format.WORDS,
              row -> Words.of(row.verdict().mark, "").and("It " + row.words()));

  private static final Table<AuditSummary> STEPS =
      Table.<AuditSummary>of()
          .with("Condition", Conditions.NAME, AuditSummary::condition)
          .with("Step", Format.PLAIN, AuditSummary::step)
          .with("Cosine", new Format<>(true, AuditReport::cosine), AuditSummary::cosine)
          .with("Length", Format.estimate(3), row -> row.estimate(AuditRow::normRatio))
          .with("Bias", Format.estimate(3), row -> row.estimate(AuditRow::bias));

  @Override
  public String write(Outcome outcome) throws IOException {
    Audited audited = Audited.all(outcome, plan.audited());
    List<AuditRow> rows = audited.rows();
    List<AuditSummary> summaries = AuditSummary.of(rows);
    files.csv("audit.csv", AUDIT_CSV, rows);
    List<Finding> findings = Finding.of(summaries);
    if (!rows.isEmpty()) {
      Figure figure = figure(subtitle(summaries), summaries);
      files.figure(figure);
      files.page(
          TITLE,
          subtitle(summaries),
          outcome.notice("audit", ". What was measured is shown."),
          List.of(
              new Section(
                  "figure",
                  "Cosine against age",
                  Block.hint(
                      "Cosine between the gradient that a condition's credit gives the embedder and"
                          + " the true one, "
                          + when(summaries)
                          + ", for the memories of each age: "
                          + Curves.BAND
                          + ". 1 is the true direction, 0 is none; below 0.5 the direction counts"
                          + " as lost. The truth is computed in double precision, with every memory"
                          + " embedded again from its observation."),
                  new Block.Picture(figure)),
              findings(findings, audited.lost()),
              ages(
                  AuditSummary.last(summaries).stream().filter(s -> s.ages().isPresent()).toList()),
              new Section(
                  "steps",
                  "The whole gradient, by step",
                  new Block.Rows<>(
                      STEPS, summaries.stream().filter(s -> s.ages().isEmpty()).toList()))));
    }
    List<String> all = new ArrayList<>();
    findings.forEach(finding -> all.add(finding.condition() + " " + finding.words()));
    all.addAll(audited.lost());
    return all.stream().map(line -> line + System.lineSeparator()).collect(Collectors.joining());
  }

  private static String when(List<AuditSummary> summaries) {
    return "after " + AuditSummary.last(summaries).get(0).step() + " training steps";
  }

  private String subtitle(List<AuditSummary> summaries) {
    ExperimentConfig trained = files.config().forCondition(plan.train());
    return files.dataName()
        + ", "
        + trained.memory().capacity()
        + " memories, batches of "
        + trained.training().batch()
        + ", trained with "
        + plan.train()
        + ", "
        + when(summaries)
        + ", "
        + files.seeds();
  }

  /** Of the last step that was audited: a point for each range of ages. */
  static Figure figure(String subtitle, List<AuditSummary> summaries) {
    Map<Condition, List<Point>> lines = new LinkedHashMap<>();
    for (AuditSummary summary : AuditSummary.last(summaries)) {
      if (summary.ages().isPresent() && Double.isFinite(summary.cosine().mean())) {
        AgeRange ages = summary.ages().get();
        lines
            .computeIfAbsent(summary.condition(), key -> new ArrayList<>())
            .add(Point.of(Curves.place(ages), summary.cosine(), "At age " + ages));
      }
    }
    List<Series> series = Curves.series(lines);
    double lowest = Curves.values(series, Point::y).min().orElse(0);
    double from = lowest >= -0.02 ? -0.02 : Math.max(-1, Math.floor(lowest * 10) / 10);
    Axis cosine = Curves.cosines("Cosine with the true gradient", from, 0.1);
    Chart chart = new Chart(Chart.Kind.DOTTED_LINES, Curves.ages(series), cosine, series);
    return Figure.of(
        "audit", TITLE, subtitle, chart.with(new Chart.Guide(Finding.LOST, false, false)));
  }

  private static Section findings(List<Finding> findings, List<String> lost) {
    List<Block> blocks = new ArrayList<>(List.of(new Block.Rows<>(FINDINGS, findings)));
    lost.forEach(each -> blocks.add(new Block.Prose(Block.Prose.Kind.WARNING, Words.of(each))));
    return new Section("findings", "What came out", blocks);
  }

  /** A row of a table by age: whose numbers, and which. */
  private record ByAge(Words name, Condition condition, Function<AuditSummary, Words> cell) {}

  /** The last step, by age. */
  private static Section ages(List<AuditSummary> last) {
    List<Condition> all = last.stream().map(AuditSummary::condition).distinct().toList();
    List<Condition> first = all.subList(0, Math.min(1, all.size()));
    List<Condition> reinstating = all.stream().filter(c -> c.reinstatement().isPresent()).toList();
    Function<AuditSummary, Words> memories = number(0, AuditRow::memories);
    Function<AuditSummary, Words> freshness = number(3, AuditRow::staleness);
    List<ByAge> keys = new ArrayList<>();
    first.forEach(c -> keys.add(new ByAge(Words.of("Memories"), c, memories)));
    first.forEach(c -> keys.add(new ByAge(Words.of("Freshness of the keys"), c, freshness)));
    Table<ByAge> table = byAge(last);
    List<Block> blocks =
        new ArrayList<>(
            List.of(
                Block.hint(
                    "Freshness is the mean cosine between a key as it is stored and as it would be"
                        + " written now."),
                new Block.Rows<>(table, keys),
                Block.heading("Cosine with the true gradient"),
                new Block.Rows<>(table, rows(all, s -> cosine(s.cosine()))),
                Block.heading("Length, as a multiple of the true gradient's"),
                new Block.Rows<>(table, rows(all, number(3, AuditRow::normRatio))),
                Block.heading("Bias"),
                Block.hint(
                    "How far the mean gradient of several readings is from the true mean, as a"
                        + " multiple of that."),
                new Block.Rows<>(table, rows(all, number(3, AuditRow::bias)))));
    if (!reinstating.isEmpty()) {
      blocks.add(Block.heading("Error of reinstated observations"));
      blocks.add(Block.hint("Mean squared error of a pixel, which is from 0 to 1."));
      blocks.add(new Block.Rows<>(table, rows(reinstating, number(4, AuditRow::reconstruction))));
    }
    return new Section("ages", "By age", blocks);
  }

  private static List<ByAge> rows(List<Condition> conditions, Function<AuditSummary, Words> cell) {
    return conditions.stream()
        .map(condition -> new ByAge(Conditions.NAME.words().apply(condition), condition, cell))
        .toList();
  }

  /** A column for each range of ages. */
  private static Table<ByAge> byAge(List<AuditSummary> last) {
    Map<Long, AgeRange> ages = new TreeMap<>();
    last.forEach(s -> ages.put(s.ages().orElseThrow().from(), s.ages().orElseThrow()));
    Table<ByAge> table = Table.<ByAge>of().with("Age, in updates", Format.WORDS, ByAge::name);
    for (AgeRange range : ages.values()) {
      table =
          table.with(
              range.toString().replace(" to ", "\u2013"),
              new Format<Words>(true, words -> words),
              row ->
                  last.stream()
                      .filter(s -> s.condition().equals(row.condition()))
                      .filter(s -> s.ages().orElseThrow().from() == range.from())
                      .findFirst()
                      .map(row.cell())
                      .orElse(Words.of("\u2013")));
    }
    return table;
  }

  private static Function<AuditSummary, Words> number(
      int decimals, ToDoubleFunction<AuditRow> number) {
    return summary -> Words.of(Format.estimate(summary.estimate(number), decimals));
  }

  private static Words cosine(Estimate estimate) {
    return Words.of(
        estimate.mean() < Finding.LOST ? Words.Look.BAD : Words.Look.PLAIN,
        Format.estimate(estimate, 3));
  }
}
