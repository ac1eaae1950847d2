package io.nnem.experiments.compare;

import io.nnem.experiments.engine.Curves;
import io.nnem.experiments.engine.Tables;
import io.nnem.experiments.engine.Varied;
import io.nnem.experiments.stats.Analysis;
import io.nnem.report.chart.Axis;
import io.nnem.report.chart.Chart;
import io.nnem.report.chart.Figure;
import io.nnem.report.chart.Pictures;
import io.nnem.report.chart.Series;
import io.nnem.report.chart.Style;
import io.nnem.report.page.Block;
import io.nnem.report.page.Html;
import io.nnem.report.page.Page;
import io.nnem.report.page.Section;
import io.nnem.report.run.RunFolder;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Csv;
import io.nnem.report.table.Format;
import io.nnem.report.table.Table;
import io.nnem.report.table.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The files of a comparison, with what all are held against if that is one place. */
record CompareReport(Compared compared, Optional<String> against) {
  private static final String TITLE = "Runs compared";

  /** More lines than that are no longer told apart. */
  private static final int LINES = 24;

  /** {@code compare.csv}: empty where there is nothing to compare with, or one seed. */
  static final Table<Row> CSV =
      Tables.interval(
              Table.<Row>of()
                  .with("folder", Format.TEXT, Row::folder)
                  .with("condition", Format.TEXT, Row::condition)
                  .with("seeds", Format.PLAIN, row -> row.accuracy().count()),
              "accuracy_",
              Row::accuracy)
          .with("diverged", Format.PLAIN, Row::diverged)
          .with("against", Format.TEXT, Row::reference)
          .with("pairs", Format.PLAIN, row -> row.difference().count())
          .with("difference_mean", Format.SHARE_OR_EMPTY, row -> row.difference().mean())
          .with("difference_low95", Format.SHARE_OR_EMPTY, row -> row.difference().low95())
          .with("difference_high95", Format.SHARE_OR_EMPTY, row -> row.difference().high95());

  private static final Table<Row> DIFFERENCES =
      Table.<Row>of()
          .with("Folder", Format.CODE, Row::folder)
          .with("Condition", Format.CODE, Row::condition)
          .with("Accuracy", Format.PERCENT, Row::accuracy)
          .with("95% interval", Format.PERCENT_INTERVAL, Row::accuracy)
          .with("Seeds", Format.PLAIN, row -> row.accuracy().count())
          .with("Diverged", Format.BAD_COUNT, Row::diverged)
          .with("Difference", Format.of(CompareReport::difference), Row::difference)
          .with("95% interval", Format.PERCENT_INTERVAL, Row::difference);

  private static final Table<Row> TERMINAL =
      Table.<Row>of()
          .with("folder", Format.TEXT, Row::folder)
          .with("condition", Format.TEXT, Row::condition)
          .with("accuracy", Format.TERMINAL, row -> row.accuracy())
          .with("seeds", Format.PLAIN, row -> row.accuracy().count())
          .with("difference", Format.PLAIN, CompareReport::plainDifference)
          .with("against", Format.TEXT, Row::reference);

  private static String difference(Estimate difference) {
    return difference.count() == 0 ? "" : Format.percent(difference.mean());
  }

  private static String plainDifference(Row row) {
    return row.against().isPresent() ? Format.terminal(row.difference()) : "";
  }

  /** Writes the folder; returns what the user is told. */
  String write(RunFolder folder) throws IOException {
    folder.write("compare.csv", Csv.of(CSV, compared.rows()));
    List<Figure> figures = figures();
    for (Figure figure : figures) {
      folder.write(figure.name() + ".svg", Pictures.svg(figure));
      folder.write(figure.name() + ".png", Pictures.png(figure));
    }
    folder.write(
        "report.html",
        Html.of(
            new Page(TITLE, String.join(", ", compared.folders()), notice(), sections(figures))));
    String differ =
        compared.differences().isEmpty()
            ? ""
            : "The folders differ in "
                + String.join(
                    ", ", compared.differences().stream().map(Compared.Difference::key).toList())
                + System.lineSeparator();
    return Text.of(TERMINAL, compared.rows()) + differ;
  }

  private List<Figure> figures() {
    Varied varied = compared.varied();
    String subtitle = "validation accuracy after the last step, mean over seeds";
    List<Figure> figures = new ArrayList<>();
    varied.parallel(subtitle).ifPresent(figures::add);
    figures.addAll(varied.scatter(subtitle));
    if (compared.rows().size() <= LINES) {
      figures.add(curves());
    }
    return figures;
  }

  private Figure curves() {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < compared.rows().size(); i++) {
      Row row = compared.rows().get(i);
      String name = compared.varied().name(compared.varied().items().get(i));
      series.add(
          new Series(
              name.isEmpty() ? row.condition().name() : name,
              row.place(),
              Style.at(i),
              Curves.points(Analysis.of(row.trials()).curves().get(0).points()),
              List.of()));
    }
    Axis accuracy = Axis.linear("validation accuracy", 0, 1, 0.1);
    Chart chart = new Chart(Chart.Kind.LINES, Curves.steps(series), accuracy, series);
    return Figure.of("curves", "Accuracy against training steps", Curves.BAND, chart);
  }

  /** Differences by seed mean little where a seed does not stand for the same images. */
  private String notice() {
    return compared.differences().stream().anyMatch(each -> each.key().equals(Compared.DATA))
        ? "These runs were not trained on the same data: what is equal by seed is the start of the"
            + " networks, and not the images."
        : "";
  }

  private List<Section> sections(List<Figure> figures) {
    List<Block> pictures = new ArrayList<>();
    pictures.add(
        Block.hint(
            "A line is a condition in a folder, and crosses each axis at its setting there; its"
                + " colour is its accuracy, and the best are drawn last. Lines with one setting"
                + " cross side by side. Below: the same against each setting alone, with 95%"
                + " intervals (of two seeds, their range)."));
    figures.forEach(figure -> pictures.add(new Block.Picture(figure)));
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("accuracy", "Accuracy", overview()));
    sections.add(new Section("pictures", "What was varied", pictures));
    sections.add(
        new Section(
            "differences",
            "Differences",
            Block.hint(
                "Last validation accuracy in per cent, mean over seeds, and its difference in"
                    + " points from "
                    + reference()
                    + ", paired by seed; both with Student's 95% interval. A trial that diverged"
                    + " counts with its last finite accuracy."),
            new Block.Rows<>(DIFFERENCES, compared.rows())));
    sections.add(new Section("settings", "How the folders differ", settings()));
    return sections;
  }

  private String reference() {
    return against.orElse("that of the same condition in " + compared.folders().get(0));
  }

  private List<Block> overview() {
    Map<String, List<Row>> conditions =
        compared.rows().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.condition().name(), LinkedHashMap::new, Collectors.toList()));
    Table<List<Row>> table =
        Table.<List<Row>>of()
            .with("Condition", Format.CODE, rows -> rows.get(0).condition().name());
    for (String folder : compared.folders()) {
      table = table.with(folder, Format.PLAIN, rows -> cell(folder, rows));
    }
    return List.of(
        Block.hint(
            "Last validation accuracy of each condition in each folder, mean and half of its 95%"
                + " interval."),
        new Block.Rows<>(table, List.copyOf(conditions.values())));
  }

  private static String cell(String folder, List<Row> rows) {
    Optional<Row> its = rows.stream().filter(row -> row.folder().equals(folder)).findFirst();
    return its.map(row -> Format.estimate(row.accuracy(), 3)).orElse("");
  }

  private List<Block> settings() {
    if (compared.differences().isEmpty()) {
      return List.of(Block.paragraph("There is one folder, or all have the same configuration."));
    }
    Table<Compared.Difference> table =
        Table.<Compared.Difference>of().with("Key", Format.CODE, Compared.Difference::key);
    for (int i = 0; i < compared.folders().size(); i++) {
      int folder = i;
      table = table.with(compared.folders().get(i), Format.CODE, each -> each.values().get(folder));
    }
    return List.of(
        Block.hint("Keys of the configuration whose value is not the same in all folders."),
        new Block.Rows<>(table, compared.differences()));
  }
}
