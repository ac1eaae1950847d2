package io.nnem.bench.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnem.bench.nnem.NnemSystem;
import io.nnem.experiments.report.Machine;
import io.nnem.experiments.report.Pictures;
import io.nnem.experiments.report.RunFolder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jfree.chart.JFreeChart;

/** Writes the folder: bench.csv, limits.csv, bench.md, the picture, and the provenance. */
public final class BenchReport {

  private final RunFolder folder;
  private final ObjectNode provenance = JsonNodeFactory.instance.objectNode();
  private final Instant started;

  /**
   * Writes nothing yet.
   *
   * @param folder where to
   * @param version which nnem this is
   * @param arguments the command line
   * @param started when
   */
  public BenchReport(RunFolder folder, String version, List<String> arguments, Instant started) {
    this.folder = folder;
    this.started = started;
    provenance.put("status", "running");
    provenance.put("nnem", version);
    String revision = System.getProperty("nnem.revision", "");
    provenance.put("revision", revision.isEmpty() ? null : revision);
    ArrayNode command = provenance.putArray("command");
    command.add("nnem");
    command.add("bench");
    arguments.forEach(command::add);
    provenance.put("started", started.truncatedTo(ChronoUnit.MILLIS).toString());
    provenance.set("machine", Machine.describe());
  }

  /**
   * Writes where the numbers will come from.
   *
   * @throws IOException if it cannot be written
   */
  public void begin() throws IOException {
    writeProvenance();
    // Java's graphics cannot be loaded any more while the program is being ended
    Results nothing = new Results();
    Pictures.png(RatioChart.of(nothing), RatioChart.height(nothing));
  }

  private void writeProvenance() throws IOException {
    folder.write(
        "provenance.json",
        JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(provenance)
            + "\n");
  }

  /**
   * Writes everything.
   *
   * @param results what was measured
   * @param status how it ended: {@code finished}, {@code interrupted} or {@code failed}
   * @param ended when
   * @throws IOException if it cannot be written
   */
  public void end(Results results, String status, Instant ended) throws IOException {
    folder.write("bench.csv", Tables.csv(results));
    folder.write("limits.csv", limits(results));
    folder.write("bench.md", text(results, status));
    if (results.rows().stream().anyMatch(row -> !NnemSystem.isOurs(row.system()))) {
      int height = RatioChart.height(results);
      JFreeChart chart = RatioChart.of(results);
      folder.write("bench.png", Pictures.png(chart, height));
      folder.write("bench.svg", Pictures.svg(chart, height));
    }
    provenance.put("status", status);
    provenance.put("seconds", Duration.between(started, ended).toMillis() / 1000.0);
    ObjectNode systems = provenance.putObject("systems");
    results
        .systems()
        .forEach(
            (threads, all) -> {
              ObjectNode node = systems.putObject("threads " + threads);
              all.forEach(node::put);
            });
    ArrayNode notes = provenance.putArray("notes");
    results.notes().forEach(notes::add);
    writeProvenance();
  }

  private static String limits(Results results) {
    StringBuilder text = new StringBuilder("kind,shape,threads,median_ms,giga_per_second\n");
    for (Results.Limit limit : results.limits()) {
      text.append(limit.kind()).append(',').append(limit.shape()).append(',');
      text.append(limit.threads()).append(',').append(limit.medianMillis()).append(',');
      text.append(limit.giga()).append('\n');
    }
    return text.toString();
  }

  private static String text(Results results, String status) {
    return String.join(
        "\n",
        "# nnem beside other systems",
        "",
        "Status: "
            + status
            + ". Times are medians of one round; ratio is the other system's time"
            + " over nnem's, so that above 1 nnem is faster. Each system first had to compute what"
            + " nnem computes from the same start; then they took turns in the same process, on the"
            + " same number of threads.",
        "",
        Tables.table(results),
        "*of limit*: useful operations a second over the best square sgemm of this run, or, where a"
            + " work has none, bytes over the copy. Useful operations are the products of matrices"
            + " that a condition needs, 2mkn each; the formula of each condition stands at"
            + " `Condition.operations`.",
        "",
        "`query` asks a whole network of nnem while nothing changes: embed, read, answer."
            + " `nnem` reads stored keys; `nnem-reinstating` those that exact reinstatement embedded"
            + " anew at the first query; `nnem-two-callers` is `nnem` asked by two threads at once,"
            + " the time of all rounds over their number.",
        "",
        "`read` is a reading without gradient; `write` puts a batch in its turn; `memory` is the"
            + " memory's own overhead in a step: its occupied slots, their keys and values, and the"
            + " write. The step of `none` needs no gradient, so the other systems compute none.",
        "",
        "## The machine",
        "",
        Tables.limits(results),
        "## What reading moves",
        "",
        "Keys and values, each once, a second; the copy's bytes are counted twice, read and"
            + " written.",
        "",
        Tables.traffic(results),
        "## The systems",
        "",
        Tables.systems(results.systems()),
        Tables.remarks(results));
  }
}
