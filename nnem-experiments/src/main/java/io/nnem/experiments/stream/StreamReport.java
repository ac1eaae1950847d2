package io.nnem.experiments.stream;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.engine.Curves;
import io.nnem.experiments.engine.FolderReport;
import io.nnem.experiments.engine.RunFiles;
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
import io.nnem.report.table.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The report of {@code nnem stream}.
 *
 * @param files where it goes
 * @param plan what was tried
 */
record StreamReport(RunFiles files, StreamPlan plan) implements FolderReport {
  private static final String TITLE = "Learning on line";

  static final Table<Streamed.Row> STREAM_CSV =
      Table.<Streamed.Row>of()
          .with("stream", Format.TEXT, Streamed.Row::stream)
          .with("learner", Format.TEXT, Streamed.Row::learner)
          .with("seed", Format.PLAIN, Streamed.Row::seed)
          .with("instances", Format.PLAIN, Streamed.Row::instances)
          .with("accuracy", Format.SHARE, Streamed.Row::accuracy)
          .with("kappa", Format.SHARE_OR_EMPTY, Streamed.Row::kappa)
          .with("kappa_temporal", Format.SHARE_OR_EMPTY, Streamed.Row::kappaTemporal)
          .with("seconds", Format.THREE_DECIMALS, Streamed.Row::seconds)
          .with("bytes", Format.PLAIN, Streamed.Row::bytes);

  /** A learner on a stream, over seeds. */
  private record Summary(NamedStream stream, Condition learner, List<Streamed.Row> rows) {
    Estimate of(ToDoubleFunction<Streamed.Row> value) {
      return Estimate.of(rows.stream().mapToDouble(value).toArray());
    }

    Estimate accuracy() {
      return of(Streamed.Row::accuracy);
    }

    Estimate percent() {
      return of(row -> 100 * row.accuracy());
    }

    double seconds() {
      return of(Streamed.Row::seconds).mean();
    }

    long bytes() {
      return rows.get(0).bytes();
    }
  }

  private static final Table<Summary> SUMMARY =
      Table.<Summary>of()
          .with("Stream", Format.TEXT, row -> row.stream())
          .with("Learner", Format.CODE, Summary::learner)
          .with("Accuracy, %", Format.estimate(1), Summary::percent)
          .with("Kappa", Format.estimate(3), row -> row.of(Streamed.Row::kappa))
          .with("Kappa-temporal", Format.estimate(3), row -> row.of(Streamed.Row::kappaTemporal))
          .with("Seconds", Format.fixed(1), Summary::seconds)
          .with("Bytes kept", Format.GROUPED, Summary::bytes);

  private static final Table<Summary> TERMINAL =
      Table.<Summary>of()
          .with("stream", Format.TEXT, row -> row.stream())
          .with("learner", Format.TEXT, Summary::learner)
          .with("accuracy", Format.TERMINAL, Summary::accuracy)
          .with("seconds", Format.fixed(1), Summary::seconds);

  @Override
  public String write(Outcome outcome) throws IOException {
    List<Streamed> found = outcome.found(Streamed.class);
    files.csv(
        "stream.csv", STREAM_CSV, found.stream().flatMap(each -> each.windows().stream()).toList());
    files.csv("stream-summary.csv", STREAM_CSV, found.stream().map(Streamed::whole).toList());
    files.divergences(outcome);
    List<Summary> summaries = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    for (NamedStream stream : plan.streams()) {
      Map<Condition, List<Point>> lines = new LinkedHashMap<>();
      for (Condition learner : plan.learners()) {
        List<Streamed> own =
            found.stream()
                .filter(each -> each.whole().stream().equals(stream.toString()))
                .filter(each -> each.whole().learner().equals(learner))
                .toList();
        if (!own.isEmpty()) {
          summaries.add(new Summary(stream, learner, own.stream().map(Streamed::whole).toList()));
          lines.put(learner, points(own));
        }
      }
      if (!lines.isEmpty()) {
        Figure figure = figure(stream, lines);
        files.figure(figure);
        sections.add(new Section(stream.toString(), "Stream " + stream, new Block.Picture(figure)));
      }
    }
    if (summaries.isEmpty()) {
      return "";
    }
    sections.add(0, summary(summaries));
    files.page(TITLE, lead(), RunFiles.notice(outcome), sections);
    return Text.of(TERMINAL, summaries);
  }

  private static List<Point> points(List<Streamed> seeds) {
    List<Point> points = new ArrayList<>();
    int shortest = seeds.stream().mapToInt(each -> each.windows().size()).min().orElse(0);
    for (int i = 0; i < shortest; i++) {
      int at = i;
      double[] values =
          seeds.stream().mapToDouble(each -> each.windows().get(at).accuracy()).toArray();
      int instances = seeds.get(0).windows().get(i).instances();
      points.add(Point.of(instances, Estimate.of(values), "At instance " + instances));
    }
    return points;
  }

  private Figure figure(NamedStream stream, Map<Condition, List<Point>> lines) {
    List<Series> series = Curves.series(lines);
    double least = Curves.values(series, Point::y).min().orElse(0);
    Axis accuracy =
        Axis.linear("Accuracy over the window", Math.floor(10 * least) / 10, 1).within(0, 1);
    Chart chart =
        new Chart(Chart.Kind.LINES, Axis.linear("Instance", 0, plan.instances()), accuracy, series);
    for (double drift : stream.drifts(plan.instances())) {
      chart = chart.with(new Chart.Guide(drift, /* vertical= */ true, /* bold= */ false));
    }
    return Figure.of("stream-" + stream, "Stream " + stream, lead(), chart);
  }

  private String lead() {
    return String.format(
        Locale.ROOT,
        "%,d instances, windows of %,d%s, %s",
        plan.instances(),
        plan.window(),
        plan.delay() == 0 ? "" : String.format(Locale.ROOT, ", labels %,d later", plan.delay()),
        files.seeds());
  }

  private Section summary(List<Summary> summaries) {
    return new Section(
        "summary",
        "Whole streams",
        Block.hint(
            "Each instance is predicted before it is learned from. Kappa is 0 for chance that"
                + " says each class as often, kappa-temporal for whoever says the class of the"
                + " instance before. Mean over seeds, with half of its 95% interval. Seconds are"
                + " of processor time, bytes what is kept of the instances. A line across a figure"
                + " is where one concept takes the place of another; rbf and hyperplane move all"
                + " the time."),
        new Block.Rows<>(SUMMARY, summaries));
  }
}
