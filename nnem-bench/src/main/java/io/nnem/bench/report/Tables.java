package io.nnem.bench.report;

import io.nnem.bench.nnem.NnemSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The results as CSV, and as text that is also Markdown. */
public final class Tables {

  private Tables() {}

  /**
   * A line for each time, and one for each of the machine's limits, whose system is {@code machine}
   * and whose ratio is empty.
   *
   * @param results what was measured
   * @return {@code bench.csv}
   */
  public static String csv(Results results) {
    StringBuilder text = new StringBuilder("work,shape,threads,system,median_ms,ratio\n");
    for (Results.Limit limit : results.limits()) {
      line(
          text,
          limit.kind(),
          limit.shape(),
          limit.threads(),
          "machine",
          number(limit.medianMillis()),
          "");
    }
    for (Results.Row row : results.rows()) {
      OptionalDouble ratio = results.ratio(row);
      line(
          text,
          row.work(),
          row.shape(),
          row.threads(),
          row.system(),
          number(row.medianMillis()),
          ratio.isPresent() ? String.format(Locale.ROOT, "%.3f", ratio.getAsDouble()) : "");
    }
    return text.toString();
  }

  private static void line(StringBuilder text, Object... fields) {
    for (int i = 0; i < fields.length; i++) {
      text.append(i == 0 ? "" : ",").append(fields[i]);
    }
    text.append('\n');
  }

  private static String number(double millis) {
    return String.format(Locale.ROOT, "%.6g", millis);
  }

  /**
   * The table that the user sees.
   *
   * @param results what was measured
   * @return lines with columns that line up
   */
  public static String table(Results results) {
    List<String> systems =
        results.rows().stream()
            .map(Results.Row::system)
            .distinct()
            .filter(system -> !system.equals(NnemSystem.NAME))
            .toList();
    List<List<String>> rows = new ArrayList<>();
    List<String> headings =
        new ArrayList<>(List.of("work", "shape", "threads", "nnem ms", "of limit"));
    systems.forEach(system -> headings.add(system + " ms (ratio)"));
    rows.add(headings);
    for (Results.Row row : results.rows()) {
      if (row.system().equals(NnemSystem.NAME)) {
        rows.add(cells(results, row, systems));
      }
    }
    return lineUp(rows);
  }

  private static List<String> cells(Results results, Results.Row ours, List<String> systems) {
    List<String> cells = new ArrayList<>();
    cells.add(ours.work());
    cells.add(ours.shape());
    cells.add(Integer.toString(ours.threads()));
    cells.add(millis(ours.medianMillis()));
    OptionalDouble share = results.share(ours);
    cells.add(
        share.isPresent() ? String.format(Locale.ROOT, "%.0f%%", 100 * share.getAsDouble()) : "");
    for (String system : systems) {
      cells.add(
          results.rows().stream()
              .filter(
                  row ->
                      row.system().equals(system)
                          && results.ours(row).filter(ours::equals).isPresent())
              .map(
                  row ->
                      millis(row.medianMillis())
                          + String.format(Locale.ROOT, " (%.2f)", results.ratio(row).getAsDouble()))
              .findFirst()
              .orElse(failed(results, ours, system)));
    }
    return cells;
  }

  private static String failed(Results results, Results.Row ours, String system) {
    return results.failures().stream()
            .anyMatch(
                failure ->
                    failure.system().equals(system)
                        && failure.work().equals(ours.work())
                        && failure.shape().equals(ours.shape())
                        && failure.threads() == ours.threads())
        ? "failed"
        : "";
  }

  private static String millis(double millis) {
    return String.format(
        Locale.ROOT, millis < 0.1 ? "%.4f" : millis < 10 ? "%.3f" : "%.1f", millis);
  }

  private static String lineUp(List<List<String>> rows) {
    int columns = rows.get(0).size();
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder rule = new StringBuilder("|");
      text.append('|');
      for (int c = 0; c < columns; c++) {
        int column = c;
        int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        String cell = rows.get(r).get(c);
        String gap = " ".repeat(width - cell.length());
        text.append(' ').append(c < 2 ? cell + gap : gap + cell).append(" |");
        rule.append(" ").append("-".repeat(width - (c < 2 ? 0 : 1)));
        rule.append(c < 2 ? " |" : ": |");
      }
      text.append('\n');
      if (r == 0) {
        text.append(rule).append('\n');
      }
    }
    return text.toString();
  }

  /**
   * The machine's limits in words.
   *
   * @param results what was measured
   * @return a line for each number of threads
   */
  public static String limits(Results results) {
    StringBuilder text = new StringBuilder();
    for (int threads : results.systems().keySet()) {
      OptionalDouble product = results.best("sgemm", threads);
      OptionalDouble copy = results.best("copy", threads);
      if (product.isPresent() && copy.isPresent()) {
        text.append(
            String.format(
                Locale.ROOT,
                "threads %d: best square sgemm %.0f GFLOP/s, copy %.1f GB/s (bytes read and bytes"
                    + " written)%n",
                threads,
                product.getAsDouble(),
                copy.getAsDouble()));
      }
    }
    return text.toString();
  }

  /**
   * What did not go as it should, and what else there is to know.
   *
   * @param results what was measured
   * @return a line for each; empty if there is nothing
   */
  public static String remarks(Results results) {
    StringBuilder text = new StringBuilder();
    results.notes().forEach(note -> text.append(note).append('\n'));
    for (Results.Failure failure : results.failures()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s %s, threads %d: %s failed and was not timed: %s%n",
              failure.work(),
              failure.shape(),
              failure.threads(),
              failure.system(),
              failure.reason()));
    }
    return text.toString();
  }

  /**
   * Reading as bytes: keys and values, once each, against the copy.
   *
   * @param results what was measured
   * @return a Markdown table; only its head if nothing was read
   */
  public static String traffic(Results results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("reading", "system", "threads", "GB/s", "of the copy"));
    for (Results.Row row : results.rows()) {
      if (row.work().equals("read")) {
        double rate = row.bytes() / row.medianMillis() / 1e6;
        OptionalDouble copy = results.best("copy", row.threads());
        rows.add(
            List.of(
                row.shape(),
                row.system(),
                Integer.toString(row.threads()),
                String.format(Locale.ROOT, "%.2f", rate),
                copy.isPresent()
                    ? String.format(Locale.ROOT, "%.0f%%", 100 * rate / copy.getAsDouble())
                    : ""));
      }
    }
    return lineUp(rows);
  }

  /** The systems as they describe themselves. */
  static String systems(Map<Integer, Map<String, String>> systems) {
    StringBuilder text = new StringBuilder();
    systems.forEach(
        (threads, all) ->
            all.forEach(
                (name, words) ->
                    text.append("- threads ")
                        .append(threads)
                        .append(", `")
                        .append(name)
                        .append("`: ")
                        .append(words)
                        .append('\n')));
    return text.toString();
  }
}
