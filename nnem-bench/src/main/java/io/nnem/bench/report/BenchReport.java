package io.nnem.bench.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nnem.bench.nnem.NnemSystem;
import io.nnem.report.chart.Figure;
import io.nnem.report.chart.Pictures;
import io.nnem.report.run.Machine;
import io.nnem.report.run.Provenance;
import io.nnem.report.run.RunFolder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes the folder: bench.csv, limits.csv, bench.md, the picture, and the provenance. */
public final class BenchReport {

  private final RunFolder folder;
  private final Provenance provenance;

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
    List<String> command = new ArrayList<>(List.of("bench"));
    command.addAll(arguments);
    provenance =
        new Provenance("nnem", version, System.getProperty("nnem.revision", ""), command, started);
    provenance.tree().set("machine", Machine.describe("nnem"));
  }

  /**
   * Writes where the numbers will come from.
   *
   * @throws IOException if it cannot be written
   */
  public void begin() throws IOException {
    folder.write("provenance.json", provenance.json());
    // Java's graphics cannot be loaded any more while the program is being ended
    Pictures.png(RatioChart.of(new Results()));
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
      Figure figure = RatioChart.of(results);
      folder.write("bench.png", Pictures.png(figure));
      folder.write("bench.svg", Pictures.svg(figure));
    }
    provenance.ended(status, ended);
    ObjectNode systems = provenance.tree().putObject("systems");
    results
        .systems()
        .forEach(
            (threads, all) -> {
              ObjectNode node = systems.putObject("threads " + threads);
              all.forEach(node::put);
            });
    ArrayNode notes = provenance.tree().putArray("notes");
    results.notes().forEach(notes::add);
    folder.write("provenance.json", provenance.json());
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
