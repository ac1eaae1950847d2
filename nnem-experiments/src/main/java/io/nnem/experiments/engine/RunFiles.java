package io.nnem.experiments.engine;

import io.nnem.experiments.config.ConfigWriter;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.Reconstruction;
import io.nnem.report.chart.Axis;
import io.nnem.report.chart.Chart;
import io.nnem.report.chart.Figure;
import io.nnem.report.chart.Pictures;
import io.nnem.report.chart.Point;
import io.nnem.report.chart.Series;
import io.nnem.report.chart.Style;
import io.nnem.report.page.Block;
import io.nnem.report.page.Html;
import io.nnem.report.page.Page;
import io.nnem.report.page.Section;
import io.nnem.report.run.Provenance;
import io.nnem.report.run.RunFolder;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Csv;
import io.nnem.report.table.Format;
import io.nnem.report.table.Table;
import io.nnem.report.table.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The folder of a run, and what stands in the reports of all experiments.
 *
 * @param data what the data is called
 * @param call how the options that are no settings are kept in {@code config.yaml}: a comment with
 *     its line feed; may be empty
 */
public record RunFiles(
    RunFolder folder, ExperimentConfig config, Provenance provenance, String data, String call) {
  private static final Table<Provenance.Entry> PROVENANCE =
      Table.<Provenance.Entry>of()
          .with("What", Format.TEXT, Provenance.Entry::name)
          .with("Value", Format.CODE, Provenance.Entry::value);

  /**
   * Draws for nobody to see, so that a machine that cannot draw says so before the training and not
   * after it. It also loads all that drawing needs: once an interrupted program is on its way out,
   * Java refuses to.
   */
  public static void requireDrawing() {
    Axis axis = Axis.linear("x", 0, 1);
    List<Point> points = List.of(Point.of(0, Estimate.of(new double[] {0, 1}), "here"));
    Series series = new Series("name", "name", Style.at(0), points, points);
    Chart chart = new Chart(Chart.Kind.DOTTED_LINES, axis, axis, List.of(series));
    try {
      Pictures.png(Figure.of("nothing", "title", "subtitle", chart));
    } catch (IOException | RuntimeException | LinkageError | InternalError e) {
      throw new IllegalStateException(
          "figures cannot be drawn on this machine ("
              + e
              + "); Java needs fontconfig and a font, on Debian: apt-get install fontconfig"
              + " fonts-dejavu-core",
          e);
    }
  }

  /** Writes what is known before the first trial. */
  public void begin() throws IOException {
    folder.write("config.yaml", yaml());
    folder.write("provenance.json", provenance.json());
  }

  /** Writes how the run ended, and everything that was measured, in its order. */
  public void end(Outcome outcome) throws IOException {
    folder.write("provenance.json", provenance.json());
    csv("metrics.csv", Tables.METRICS, outcome.measurements());
  }

  /** Writes a table, whole or not at all. */
  public <R> void csv(String name, Table<R> table, List<R> rows) throws IOException {
    folder.write(name, Csv.of(table, rows));
  }

  /**
   * Writes {@code reconstruction.csv} if a decoder was measured: by condition, seed, split and
   * step.
   */
  public void reconstructions(Outcome outcome) throws IOException {
    List<Reconstruction> all =
        outcome.results().stream().flatMap(result -> result.reconstructions().stream()).toList();
    if (!all.isEmpty()) {
      csv("reconstruction.csv", Tables.RECONSTRUCTION, sorted(all));
    }
  }

  /** By condition, seed, split and step, each once. */
  static List<Reconstruction> sorted(List<Reconstruction> reconstructions) {
    return reconstructions.stream()
        .distinct()
        .sorted(
            Comparator.<Reconstruction, String>comparing(row -> row.condition().name())
                .thenComparingLong(Reconstruction::seed)
                .thenComparing(Reconstruction::split)
                .thenComparingInt(Reconstruction::step))
        .toList();
  }

  /** Writes {@code divergences.csv} if a trial diverged. */
  public void divergences(Outcome outcome) throws IOException {
    var diverged = outcome.results().stream().filter(r -> r.divergence().isPresent()).toList();
    if (!diverged.isEmpty()) {
      csv("divergences.csv", Tables.DIVERGENCES, diverged);
    }
  }

  /** What the reader must know first of a run that did not end; empty of one that did. */
  public static String notice(Outcome outcome) {
    return outcome.notice(
        "run", ", and only they are shown. metrics.csv has everything that was measured.");
  }

  /** Writes a figure as SVG and as PNG. */
  public void figure(Figure figure) throws IOException {
    folder.write(figure.name() + ".svg", Pictures.svg(figure));
    folder.write(figure.name() + ".png", Pictures.png(figure));
  }

  /** Writes {@code report.html}; behind the sections stand the setting and the provenance. */
  public void page(String title, String lead, String notice, List<Section> sections)
      throws IOException {
    List<Section> all = new ArrayList<>(sections);
    all.add(
        new Section(
            "configuration",
            "Configuration",
            new Block.Prose(
                Block.Prose.Kind.HINT,
                Words.of("Also in config.yaml; ")
                    .and(Words.Look.CODE, "--config config.yaml")
                    .and(" runs it again.")),
            new Block.Listing(yaml())));
    all.add(
        new Section(
            "provenance",
            "Provenance",
            Block.hint("Also in provenance.json."),
            new Block.Rows<>(PROVENANCE, provenance.entries())));
    folder.write("report.html", Html.of(new Page(title, lead, notice, all)));
  }

  private String yaml() {
    return call + ConfigWriter.yaml(config);
  }

  /** What the data is called in a title. */
  public String dataName() {
    return data.equals("mnist") ? "MNIST" : data;
  }

  /** What lines and bands are of. */
  public String seeds() {
    return switch (config.seeds()) {
      case 1 -> "one seed";
      case 2 -> "mean and range of 2 seeds";
      default -> "mean and 95% band of " + config.seeds() + " seeds";
    };
  }
}
