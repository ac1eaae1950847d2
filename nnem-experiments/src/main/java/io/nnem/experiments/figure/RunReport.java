package io.nnem.experiments.figure;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.engine.Conditions;
import io.nnem.experiments.engine.Curves;
import io.nnem.experiments.engine.FolderReport;
import io.nnem.experiments.engine.RunFiles;
import io.nnem.experiments.engine.Tables;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Staleness;
import io.nnem.experiments.stats.Analysis;
import io.nnem.experiments.stats.Comparison;
import io.nnem.experiments.stats.Curve;
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
import io.nnem.report.table.Text;
import io.nnem.report.table.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The report on training: the paper's figure of accuracy against training steps, what the
 * conditions came to, and how stale their keys are.
 */
public record RunReport(RunFiles files) implements FolderReport {
  /** {@code summary.csv}. With one seed the interval is empty. */
  static final Table<Analysis.Summary> SUMMARY_CSV =
      Tables.interval(
              Table.<Analysis.Summary>of()
                  .with("condition", Format.TEXT, row -> row.condition().name())
                  .with("seeds", Format.PLAIN, row -> row.accuracy().count()),
              "accuracy_",
              Analysis.Summary::accuracy)
          .with("diverged", Format.PLAIN, Analysis.Summary::diverged)
          .with("retained_bytes_per_memory", Format.PLAIN, Analysis.Summary::retainedBytesPerMemory)
          .with("step_ms", Format.THREE_DECIMALS, Analysis.Summary::stepMillis);

  static final Table<Comparison> COMPARISONS_CSV =
      Tables.interval(
          Table.<Comparison>of()
              .with("first", Format.TEXT, row -> row.first().name())
              .with("second", Format.TEXT, row -> row.second().name())
              .with("seeds", Format.PLAIN, row -> row.difference().count()),
          "difference_",
          Comparison::difference);

  static final Table<Staleness> STALENESS_CSV =
      Table.<Staleness>of()
          .with("condition", Format.TEXT, row -> row.condition().name())
          .with("seed", Format.PLAIN, Staleness::seed)
          .with("step", Format.PLAIN, Staleness::step)
          .with("age_from", Format.PLAIN, row -> row.ages().from())
          .with("age_to", Format.PLAIN, row -> row.ages().to())
          .with("memories", Format.PLAIN, Staleness::memories)
          .with("cosine", Format.SIGNIFICANT, Staleness::cosine);

  private static final String TITLE = "Credit assignment to external memory";

  private static final Table<Analysis.Summary> SUMMARY =
      Table.<Analysis.Summary>of()
          .with("Condition", Conditions.NAME, Analysis.Summary::condition)
          .with("Accuracy", Format.PERCENT, Analysis.Summary::accuracy)
          .with("95% interval", Format.PERCENT_INTERVAL, Analysis.Summary::accuracy)
          .with("Seeds", Format.PLAIN, row -> row.accuracy().count())
          .with("Diverged", Format.BAD_COUNT, Analysis.Summary::diverged)
          .with("Retained, bytes", Format.GROUPED, Analysis.Summary::retainedBytesPerMemory)
          .with("Step, ms", Format.fixed(2), Analysis.Summary::stepMillis);

  private static final Table<Analysis.Summary> TERMINAL =
      Table.<Analysis.Summary>of()
          .with("condition", Format.TEXT, row -> row.condition().name())
          .with("accuracy", Format.TERMINAL, row -> row.accuracy())
          .with("diverged", Format.PLAIN, row -> row.diverged() + "/" + row.accuracy().count())
          .with("ms/step", Format.TWO_DECIMALS, row -> row.stepMillis());

  private static final Table<Comparison> COMPARISONS =
      Table.<Comparison>of()
          .with(
              "What can be said",
              Format.WORDS,
              row -> Words.of(row.verdict().mark(), "").and(row.sentence()))
          .with("Difference", Format.PERCENT, Comparison::difference)
          .with("95% interval", Format.PERCENT_INTERVAL, Comparison::difference)
          .with("Seeds", Format.PLAIN, row -> row.difference().count());

  private record Diverged(Condition condition, Curve.Cross cross) {}

  private static final Table<Diverged> DIVERGED =
      Table.<Diverged>of()
          .with("Condition", Conditions.NAME, Diverged::condition)
          .with("What was seen", Format.TEXT, row -> row.cross().reason())
          .with("Seed", Format.PLAIN, row -> row.cross().seed())
          .with("Step", Format.PLAIN, row -> row.cross().step())
          .with("Last accuracy", Format.PLAIN, row -> Format.percent(row.cross().accuracy()));

  @Override
  public String write(Outcome outcome) throws IOException {
    Analysis analysis = Analysis.of(outcome.results());
    files.csv("summary.csv", SUMMARY_CSV, analysis.summary());
    files.csv("comparisons.csv", COMPARISONS_CSV, analysis.comparisons());
    files.divergences(outcome);
    if (outcome.results().isEmpty()) {
      return "";
    }
    Figure figure = figure(subtitle(), analysis.curves());
    files.figure(figure);
    List<Section> sections = new ArrayList<>(sections(figure, analysis));
    List<Staleness> ages =
        outcome.found(Found.Ages.class).stream()
            .flatMap(found -> found.staleness().stream())
            .toList();
    if (!ages.isEmpty()) {
      Figure stale = staleness(subtitle(), ages);
      files.csv("staleness.csv", STALENESS_CSV, ages);
      files.figure(stale);
      sections.add(
          new Section(
              "staleness",
              "Staleness against age",
              Block.hint(
                  "Mean cosine between the key as it is stored at the end of training and as the"
                      + " embedder would write it now, for the memories of each age: "
                      + Curves.BAND
                      + ". 1 is fresh."),
              new Block.Picture(stale)));
    }
    files.page(TITLE, subtitle(), RunFiles.notice(outcome), sections);
    return Text.of(TERMINAL, analysis.summary());
  }

  private String subtitle() {
    return files.dataName()
        + ", "
        + files.config().memory().capacity()
        + " memories, batches of "
        + files.config().training().batch()
        + ", "
        + files.seeds();
  }

  /** The paper's figure. */
  static Figure figure(String subtitle, List<Curve> curves) {
    Map<Condition, List<Point>> lines = new LinkedHashMap<>();
    curves.forEach(curve -> lines.put(curve.condition(), Curves.points(curve.points())));
    List<Series> series = new ArrayList<>();
    List<Series> plain = Curves.series(lines);
    for (int i = 0; i < plain.size(); i++) {
      Series line = plain.get(i);
      series.add(
          new Series(
              line.name(),
              line.detail(),
              line.style(),
              line.points(),
              curves.get(i).crosses().stream().map(RunReport::cross).toList()));
    }
    Axis accuracy = Axis.linear("Validation accuracy", 0, 1, 0.1);
    Chart chart = new Chart(Chart.Kind.LINES, Curves.steps(series), accuracy, series);
    return Figure.of("figure", TITLE, subtitle, chart);
  }

  private static Point cross(Curve.Cross cross) {
    String words =
        "Seed " + cross.seed() + " diverged at step " + cross.step() + ": " + cross.reason();
    return Point.of(cross.step(), cross.accuracy(), words);
  }

  /** How fresh keys are, against their age. */
  static Figure staleness(String subtitle, List<Staleness> rows) {
    Map<Condition, List<Point>> lines = new LinkedHashMap<>();
    rows.stream()
        .collect(
            Collectors.groupingBy(
                Staleness::condition,
                LinkedHashMap::new,
                Collectors.groupingBy(row -> row.ages().from(), TreeMap::new, Collectors.toList())))
        .forEach(
            (condition, byAge) ->
                lines.put(condition, byAge.values().stream().map(RunReport::fresh).toList()));
    List<Series> series = Curves.series(lines);
    // a tenth below the stalest, or a hundredth, so that differences are seen
    double lowest = Curves.values(series, Point::y).min().orElse(0);
    double scale = lowest < 0.9 ? 10 : 100;
    double from = Math.floor(lowest * scale - 0.2) / scale;
    Axis cosine =
        Curves.cosines(
            "Cosine of the key with today's", from, from < 0.5 ? 0.1 : from < 0.9 ? 0.05 : 0.01);
    return Figure.of(
        "staleness",
        "How stale are old keys?",
        subtitle,
        new Chart(Chart.Kind.DOTTED_LINES, Curves.ages(series), cosine, series));
  }

  private static Point fresh(List<Staleness> same) {
    Estimate cosine = Estimate.of(same.stream().mapToDouble(Staleness::cosine).toArray());
    var ages = same.get(0).ages();
    return Point.of(Curves.place(ages), cosine, "At age " + ages);
  }

  private static List<Section> sections(Figure figure, Analysis analysis) {
    List<Diverged> diverged =
        analysis.curves().stream()
            .flatMap(line -> line.crosses().stream().map(c -> new Diverged(line.condition(), c)))
            .toList();
    return List.of(
        new Section(
            "figure",
            "Learning curves",
            Block.hint(
                "Validation accuracy against training step: "
                    + Curves.BAND
                    + ". A cross marks a trial that diverged."),
            new Block.Picture(figure)),
        new Section(
            "summary",
            "Summary",
            Block.hint(
                "Final validation accuracy in per cent, mean over seeds with Student's 95%"
                    + " interval. A trial that diverged counts with its last finite accuracy."
                    + " Retained: bytes that the credit assigner keeps for a memory beside its key"
                    + " and value."),
            new Block.Rows<>(SUMMARY, analysis.summary())),
        analysis.comparisons().isEmpty()
            ? new Section(
                "comparisons",
                "Comparisons",
                Block.paragraph("There is no pair of conditions to compare."))
            : new Section(
                "comparisons",
                "Comparisons",
                Block.hint(
                    "Differences in final validation accuracy, in points, paired by seed, with 95%"
                        + " intervals. The paper has exact above approximate and above synthetic,"
                        + " and all above no credit."),
                new Block.Rows<>(COMPARISONS, analysis.comparisons())),
        new Section(
            "divergences",
            "Divergences",
            diverged.isEmpty()
                ? Block.paragraph("No trial diverged.")
                : new Block.Rows<>(DIVERGED, diverged)));
  }
}
