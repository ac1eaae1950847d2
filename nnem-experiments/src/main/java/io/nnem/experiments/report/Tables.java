package io.nnem.experiments.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.nnem.experiments.audit.AuditRow;
import io.nnem.experiments.capacity.CapacityComparison;
import io.nnem.experiments.capacity.CapacityRow;
import io.nnem.experiments.capacity.CapacitySummary;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.Reconstruction;
import io.nnem.experiments.run.Staleness;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.stats.Comparison;
import io.nnem.experiments.stats.Estimate;
import io.nnem.experiments.stats.SummaryRow;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The CSV files of a run folder: comma, line feed, quotes only where needed, UTF-8. */
public final class Tables {
  /** First line of {@code metrics.csv}. */
  static final String METRICS_HEADER = "condition,seed,step,split,accuracy,loss\n";

  /** First line of {@code capacity.csv}. */
  static final String CAPACITY_HEADER =
      "condition,capacity,seed,accuracy,bytes_per_memory,step_ms,diverged\n";

  private static final CsvMapper CSV =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();
  private static final CsvSchema LINES = CsvSchema.emptySchema().withLineSeparator("\n");

  private Tables() {}

  /**
   * {@code metrics.csv}.
   *
   * @param measurements in the order of the lines
   * @return the file
   */
  public static String metrics(List<Measurement> measurements) {
    return table(METRICS_HEADER, measurements, Tables::metricsLine);
  }

  /** One line of {@code metrics.csv}. */
  static String metricsLine(Measurement m) {
    return line(
        m.condition(),
        m.seed(),
        m.step(),
        m.split(),
        Numbers.share(m.accuracy()),
        Numbers.significant(m.loss()));
  }

  /**
   * {@code reconstruction.csv}.
   *
   * @param reconstructions in any order
   * @return the file, by condition, seed, split and step
   */
  public static String reconstructions(List<Reconstruction> reconstructions) {
    return reconstructions.stream()
        .sorted(
            Comparator.comparing(Reconstruction::condition)
                .thenComparingLong(Reconstruction::seed)
                .thenComparing(Reconstruction::split)
                .thenComparingInt(Reconstruction::step))
        .map(
            r ->
                line(
                    r.condition(),
                    r.seed(),
                    r.step(),
                    r.split(),
                    Numbers.significant(r.loss()),
                    Numbers.significant(r.squaredError()),
                    Numbers.significant(r.elbo())))
        .distinct() // a run that goes on is told again of what was trained beforehand
        .collect(Collectors.joining("", "condition,seed,step,split,loss,squared_error,elbo\n", ""));
  }

  /**
   * {@code summary.csv}. With one seed the interval is empty.
   *
   * @param rows in the order of the lines
   * @return the file
   */
  public static String summary(List<SummaryRow> rows) {
    return table(
        "condition,seeds,accuracy_mean,accuracy_low95,accuracy_high95,diverged,"
            + "retained_bytes_per_memory,step_ms\n",
        rows,
        row -> {
          Estimate accuracy = row.accuracy();
          return line(
              row.condition().name(),
              accuracy.count(),
              Numbers.share(accuracy.mean()),
              Numbers.shareOrEmpty(accuracy.low95()),
              Numbers.shareOrEmpty(accuracy.high95()),
              row.diverged(),
              row.retainedBytesPerMemory(),
              Numbers.decimals(row.stepMillis(), 3));
        });
  }

  /**
   * {@code comparisons.csv}.
   *
   * @param comparisons in the order of the lines
   * @return the file
   */
  public static String comparisons(List<Comparison> comparisons) {
    return table(
        "first,second,seeds,difference_mean,difference_low95,difference_high95\n",
        comparisons,
        comparison -> {
          Estimate difference = comparison.difference();
          return line(
              comparison.first().name(),
              comparison.second().name(),
              difference.count(),
              Numbers.share(difference.mean()),
              Numbers.shareOrEmpty(difference.low95()),
              Numbers.shareOrEmpty(difference.high95()));
        });
  }

  /**
   * {@code divergences.csv}.
   *
   * @param results all results; those that did not diverge give no line
   * @return the file
   */
  public static String divergences(List<TrialResult> results) {
    return table(
        "condition,seed,step,reason\n",
        results.stream().filter(result -> result.divergence().isPresent()).toList(),
        result -> {
          var divergence = result.divergence().orElseThrow();
          return line(
              result.condition().name(), result.seed(), divergence.step(), divergence.reason());
        });
  }

  /**
   * {@code audit.csv}. Ages are from {@code age_from} to below {@code age_to}; without ages a line
   * is of the whole gradient.
   *
   * @param rows in the order of the lines
   * @return the file
   */
  public static String audit(List<AuditRow> rows) {
    return table(
        "condition,seed,step,age_from,age_to,memories,cosine,norm_ratio,bias,staleness,"
            + "reconstruction\n",
        rows,
        row ->
            line(
                row.condition().name(),
                row.seed(),
                row.step(),
                row.ages().map(ages -> String.valueOf(ages.from())).orElse(""),
                row.ages().map(ages -> String.valueOf(ages.to())).orElse(""),
                row.memories(),
                Numbers.significantOrEmpty(row.cosine()),
                Numbers.significantOrEmpty(row.normRatio()),
                Numbers.significantOrEmpty(row.bias()),
                Numbers.significantOrEmpty(row.staleness()),
                Numbers.significantOrEmpty(row.reconstruction())));
  }

  /**
   * {@code capacity.csv}.
   *
   * @param rows in the order of the lines
   * @return the file
   */
  public static String capacity(List<CapacityRow> rows) {
    return table(CAPACITY_HEADER, rows, Tables::capacityLine);
  }

  /** One line of {@code capacity.csv}. */
  static String capacityLine(CapacityRow row) {
    return line(
        row.condition().name(),
        row.capacity(),
        row.seed(),
        Numbers.share(row.accuracy()),
        row.bytesPerMemory(),
        Numbers.decimals(row.stepMillis(), 3),
        row.diverged());
  }

  /**
   * {@code capacity-summary.csv}. With one seed the interval is empty.
   *
   * @param rows in the order of the lines
   * @return the file
   */
  public static String capacitySummary(List<CapacitySummary> rows) {
    return table(
        "condition,capacity,seeds,mean,low95,high95,diverged,bytes_per_memory,step_ms\n",
        rows,
        row ->
            line(
                row.condition().name(),
                row.capacity(),
                row.accuracy().count(),
                Numbers.share(row.accuracy().mean()),
                Numbers.shareOrEmpty(row.accuracy().low95()),
                Numbers.shareOrEmpty(row.accuracy().high95()),
                row.diverged(),
                row.bytesPerMemory(),
                Numbers.decimals(row.stepMillis(), 3)));
  }

  /**
   * {@code capacity-comparisons.csv}: each condition against stored observations.
   *
   * @param comparisons in the order of the lines
   * @return the file
   */
  public static String capacityComparisons(List<CapacityComparison> comparisons) {
    return table(
        "capacity,condition,reference,seeds,difference_mean,difference_low95,difference_high95,"
            + "kept_bytes_per_memory\n",
        comparisons,
        comparison ->
            line(
                comparison.capacity(),
                comparison.condition().name(),
                comparison.reference().name(),
                comparison.difference().count(),
                Numbers.share(comparison.difference().mean()),
                Numbers.shareOrEmpty(comparison.difference().low95()),
                Numbers.shareOrEmpty(comparison.difference().high95()),
                comparison.keptBytes()));
  }

  /** The rows of a table, its head among them. */
  static List<List<String>> rows(String text) throws IOException {
    try (MappingIterator<List<String>> rows =
        CSV.readerForListOf(String.class).with(CsvParser.Feature.WRAP_AS_ARRAY).readValues(text)) {
      return rows.readAll();
    }
  }

  /**
   * {@code staleness.csv}.
   *
   * @param rows in the order of the lines
   * @return the file
   */
  public static String staleness(List<Staleness> rows) {
    return table(
        "condition,seed,step,age_from,age_to,memories,cosine\n",
        rows,
        row ->
            line(
                row.condition().name(),
                row.seed(),
                row.step(),
                row.ages().from(),
                row.ages().to(),
                row.memories(),
                Numbers.significant(row.cosine())));
  }

  private static <T> String table(String header, List<T> rows, Function<T, String> line) {
    StringBuilder text = new StringBuilder(header);
    rows.forEach(row -> text.append(line.apply(row)));
    return text.toString();
  }

  static String line(Object... cells) {
    try {
      return CSV.writer(LINES).writeValueAsString(cells);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line of a table could not be written", e);
    }
  }
}
