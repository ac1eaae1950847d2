package io.nnem.experiments.capacity;

import io.nnem.experiments.engine.Curves;
import io.nnem.experiments.engine.FolderReport;
import io.nnem.experiments.engine.RunFiles;
import io.nnem.experiments.engine.Tables;
import io.nnem.experiments.run.Outcome;
import io.nnem.report.chart.Figure;
import io.nnem.report.page.Block;
import io.nnem.report.page.Section;
import io.nnem.report.table.Format;
import io.nnem.report.table.Table;
import io.nnem.report.table.Text;
import io.nnem.report.table.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report of {@code nnem capacity}: accuracy against capacity and against what it costs. */
public record CapacityReport(RunFiles files, CapacityPlan plan, int classes, int observationSize)
    implements FolderReport {
  static final Table<CapacityRow> CAPACITY_CSV =
      Table.<CapacityRow>of()
          .with("condition", Format.TEXT, row -> row.condition().name())
          .with("capacity", Format.PLAIN, CapacityRow::capacity)
          .with("seed", Format.PLAIN, CapacityRow::seed)
          .with("accuracy", Format.SHARE, CapacityRow::accuracy)
          .with("bytes_per_memory", Format.PLAIN, CapacityRow::bytesPerMemory)
          .with("step_ms", Format.THREE_DECIMALS, CapacityRow::stepMillis)
          .with("diverged", Format.PLAIN, CapacityRow::diverged);

  /** {@code capacity-summary.csv}. With one seed the interval is empty. */
  static final Table<CapacitySummary> SUMMARY_CSV =
      Tables.interval(
              Table.<CapacitySummary>of()
                  .with("condition", Format.TEXT, row -> row.condition().name())
                  .with("capacity", Format.PLAIN, CapacitySummary::capacity)
                  .with("seeds", Format.PLAIN, row -> row.accuracy().count()),
              "",
              CapacitySummary::accuracy)
          .with("diverged", Format.PLAIN, CapacitySummary::diverged)
          .with("bytes_per_memory", Format.PLAIN, CapacitySummary::bytesPerMemory)
          .with("step_ms", Format.THREE_DECIMALS, CapacitySummary::stepMillis);

  /** {@code capacity-comparisons.csv}: each condition against stored observations. */
  static final Table<CapacityComparison> COMPARISONS_CSV =
      Tables.interval(
              Table.<CapacityComparison>of()
                  .with("capacity", Format.PLAIN, CapacityComparison::capacity)
                  .with("condition", Format.TEXT, row -> row.condition().name())
                  .with("reference", Format.TEXT, row -> row.reference().name())
                  .with("seeds", Format.PLAIN, row -> row.difference().count()),
              "difference_",
              CapacityComparison::difference)
          .with("kept_bytes_per_memory", Format.PLAIN, CapacityComparison::keptBytes);

  private static final String ROWS = "capacity.csv";

  private static final Table<CapacitySummary> SUMMARY =
      Table.<CapacitySummary>of()
          .with("Condition", Format.CODE, CapacitySummary::condition)
          .with("Capacity", Format.GROUPED, CapacitySummary::capacity)
          .with("Accuracy", Format.PERCENT, CapacitySummary::accuracy)
          .with("95% interval", Format.PERCENT_INTERVAL, CapacitySummary::accuracy)
          .with("Seeds", Format.PLAIN, row -> row.accuracy().count())
          .with("Diverged", Format.BAD_COUNT, CapacitySummary::diverged)
          .with("Bytes per memory", Format.GROUPED, CapacitySummary::bytesPerMemory)
          .with("Kept of them", Format.GROUPED, CapacitySummary::keptBytes)
          .with("Step, ms", Format.fixed(2), CapacitySummary::stepMillis);

  private static final Table<CapacitySummary> TERMINAL =
      Table.<CapacitySummary>of()
          .with("condition", Format.TEXT, row -> row.condition().name())
          .with("capacity", Format.PLAIN, CapacitySummary::capacity)
          .with("accuracy", Format.TERMINAL, row -> row.accuracy())
          .with("diverged", Format.PLAIN, row -> row.diverged() + "/" + row.accuracy().count())
          .with("bytes/memory", Format.PLAIN, CapacitySummary::bytesPerMemory)
          .with("ms/step", Format.TWO_DECIMALS, row -> row.stepMillis());

  @Override
  public String write(Outcome outcome) throws IOException {
    CapacityAnalysis analysis = CapacityAnalysis.of(outcome.results(), files.config(), classes);
    files.csv(ROWS, CAPACITY_CSV, analysis.rows());
    files.csv("capacity-summary.csv", SUMMARY_CSV, analysis.summaries());
    files.csv("capacity-comparisons.csv", COMPARISONS_CSV, analysis.comparisons());
    files.divergences(outcome);
    if (analysis.rows().isEmpty()) {
      return "";
    }
    Figure figure = CapacityFigure.of(subtitle(), analysis);
    files.figure(figure);
    files.page(
        CapacityFigure.TITLE,
        subtitle(),
        RunFiles.notice(outcome),
        List.of(
            new Section(
                "figure",
                CapacityFigure.TITLE,
                Block.hint(
                    "Validation accuracy after the last step against the number of memories that"
                        + " are held, and against what that costs: "
                        + Curves.BAND
                        + ". A cross marks a trial that diverged. Bytes per memory: key, value, and"
                        + " what is kept beside them. The larger a mark, the larger the capacity;"
                        + " marks of conditions that cost the same bytes stand side by side."),
                new Block.Picture(figure)),
            comparisons(analysis.comparisons()),
            new Section(
                "summary",
                "Summary",
                Block.hint(
                    "Validation accuracy after the last step in per cent, mean over seeds with"
                        + " Student's 95% interval. A trial that diverged counts with its last"
                        + " finite accuracy. Bytes per memory: key, value, and what is kept beside"
                        + " them."),
                new Block.Rows<>(SUMMARY, analysis.summaries()))));
    return Text.of(TERMINAL, analysis.summaries());
  }

  private String subtitle() {
    boolean ownSeeds = plan.sizes().stream().allMatch(size -> size.seeds().isPresent());
    String others =
        plan.sizes().stream()
            .filter(size -> size.seeds().isPresent())
            .map(size -> size.seeds().getAsInt() + " at " + size.capacity())
            .collect(Collectors.joining(", "));
    return files.dataName()
        + ", "
        + files.config().training().steps()
        + " steps in batches of "
        + files.config().training().batch()
        + ", "
        + (ownSeeds ? "mean over seeds" : files.seeds())
        + (others.isEmpty() ? "" : " (" + others + ")")
        + "; the larger a mark, the larger the capacity";
  }

  /** What is within a point of stored observations, and at what price. */
  private Section comparisons(List<CapacityComparison> comparisons) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        comparisons.isEmpty()
            ? Block.paragraph("There is no exact-reinstatement/stored to compare with.")
            : Block.hint(
                String.format(
                    Locale.ROOT,
                    "Each condition against exact reinstatement from stored observations with the"
                        + " same embedder and the same start, paired by seed, in points of"
                        + " validation accuracy, with 95%% intervals. Kept: bytes beside key and"
                        + " value, and what part they are of a stored observation, which has %,d"
                        + " bytes as floats and would have %,d with a byte for each pixel.",
                    4 * observationSize,
                    observationSize)));
    Table<CapacityComparison> table =
        Table.<CapacityComparison>of()
            .with("Condition", Format.CODE, CapacityComparison::condition)
            .with("Against", Format.CODE, CapacityComparison::reference)
            .with("What can be said", Format.WORDS, row -> row.verdict().words())
            .with("Difference", Format.PERCENT, CapacityComparison::difference)
            .with("95% interval", Format.PERCENT_INTERVAL, CapacityComparison::difference)
            .with("Seeds", Format.PLAIN, row -> row.difference().count())
            .with("Kept, bytes", Format.GROUPED, CapacityComparison::keptBytes)
            .with("Of floats", Format.PLAIN, row -> part(row, 4L * observationSize))
            .with("Of bytes", Format.PLAIN, row -> part(row, observationSize));
    for (int capacity :
        comparisons.stream().map(CapacityComparison::capacity).distinct().toList()) {
      List<CapacityComparison> here =
          comparisons.stream().filter(each -> each.capacity() == capacity).toList();
      blocks.add(Block.heading(String.format(Locale.ROOT, "%,d memories", capacity)));
      blocks.add(new Block.Prose(Block.Prose.Kind.PARAGRAPH, near(here)));
      blocks.add(new Block.Rows<>(table, here));
    }
    return new Section("comparisons", "Against stored observations", blocks);
  }

  private Words near(List<CapacityComparison> here) {
    List<CapacityComparison> near = here.stream().filter(CapacityComparison::near).toList();
    if (near.isEmpty()) {
      return Words.of("No condition is within 1 point of what stored observations reach.");
    }
    Words words =
        Words.of("Within 1 point of what stored observations reach, or above, on average: ");
    for (CapacityComparison each : near) {
      words =
          words
              .and(each.equals(near.get(0)) ? "" : "; ")
              .and(Words.Look.CODE, each.condition().name())
              .and(", which keeps " + part(each, 4L * observationSize) + " of their bytes");
    }
    return words.and(".");
  }

  private static String part(CapacityComparison comparison, long whole) {
    return String.format(Locale.ROOT, "%.1f%%", 100.0 * comparison.keptBytes() / whole);
  }
}
