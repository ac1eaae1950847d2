package io.nnem.experiments.sweep;

import io.nnem.experiments.engine.FolderReport;
import io.nnem.experiments.engine.RunFiles;
import io.nnem.experiments.engine.Varied;
import io.nnem.experiments.run.Outcome;
import io.nnem.report.chart.Figure;
import io.nnem.report.page.Block;
import io.nnem.report.page.Section;
import io.nnem.report.table.Format;
import io.nnem.report.table.Table;
import io.nnem.report.table.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

record SweepReport(RunFiles files, SweepPlan plan) implements FolderReport {
  /** Why halving is to be taken with care, as the end of a sentence. */
  static final String UNFAIR =
      "unfair to what starts slowly: a condition whose credit must first be learned, as a decoder's"
          + " or a synthetic gradient's, is judged before it has caught up with one that is soon as"
          + " good as it will ever be. To compare conditions use grid or random.";

  private static final String TITLE = "What was varied";
  private static final int TERMINAL = 10;
  private static final int TABLE = 200;

  @Override
  public String write(Outcome outcome) throws IOException {
    List<Swept.Row> rows = Swept.rows(outcome.results(), files.config(), plan);
    files.csv("sweep.csv", csv(), rows);
    files.divergences(outcome);
    if (rows.isEmpty()) {
      return "";
    }
    boolean halving = plan.method() == SweepPlan.Method.HALVING;
    List<Swept> swept = Swept.of(rows, halving);
    Varied varied = varied(swept, rows);
    List<Block> pictures = new ArrayList<>();
    pictures.add(
        Block.hint(
            "A line is a configuration, and crosses each axis at its value there; its colour is"
                + " its accuracy, and the best are drawn last. Lines with one value cross side by"
                + " side. Below: the same against each key alone, with 95% intervals (of two"
                + " seeds, their range); dots of one value stand side by side, the best on the"
                + " right."));
    List<Figure> figures = new ArrayList<>(varied.parallel(subtitle()).stream().toList());
    figures.addAll(varied.scatter(subtitle()));
    for (Figure figure : figures) {
      files.figure(figure);
      pictures.add(new Block.Picture(figure));
    }
    files.page(
        TITLE,
        subtitle(),
        RunFiles.notice(outcome),
        List.of(
            new Section("figure", TITLE, pictures),
            new Section("best", "Best first", best(swept, varied, halving))));
    return Text.of(terminal(varied), swept.subList(0, Math.min(TERMINAL, swept.size())));
  }

  private String subtitle() {
    String method =
        switch (plan.method()) {
          case GRID -> "a grid";
          case RANDOM -> plan.samples() + " drawn combinations";
          case HALVING -> plan.samples() + " drawn combinations, halved successively";
        };
    return files.dataName()
        + ", "
        + method
        + ", up to "
        + files.config().training().steps()
        + " steps, "
        + files.seeds();
  }

  /** In the order of the first round, so that names are in the order of the file. */
  private static Varied varied(List<Swept> swept, List<Swept.Row> rows) {
    Map<List<Object>, Integer> order = new HashMap<>();
    rows.forEach(row -> order.putIfAbsent(List.of(row.condition(), row.values()), order.size()));
    return Varied.of(
        swept.stream()
            .sorted(
                Comparator.comparingInt(
                    each -> order.get(List.of(each.condition(), each.values()))))
            .map(
                each -> {
                  Map<String, String> settings = new LinkedHashMap<>();
                  settings.put(Varied.CONDITION, each.condition().name());
                  settings.putAll(each.values());
                  settings.put(Halving.STEPS, String.valueOf(each.steps()));
                  return new Varied.Item(settings, each.accuracy());
                })
            .toList());
  }

  private Table<Swept.Row> csv() {
    Table<Swept.Row> table =
        Table.<Swept.Row>of().with("condition", Format.TEXT, row -> row.condition().name());
    for (String key : keys()) {
      table = table.with(key, Format.TEXT, row -> row.values().get(key));
    }
    return table
        .with("steps", Format.PLAIN, Swept.Row::steps)
        .with("seed", Format.PLAIN, Swept.Row::seed)
        .with("accuracy", Format.SHARE, Swept.Row::accuracy)
        .with("diverged", Format.PLAIN, row -> row.diverged() ? 1 : 0);
  }

  private List<String> keys() {
    return plan.vary().keySet().stream().filter(key -> !key.equals(Halving.STEPS)).toList();
  }

  private List<Block> best(List<Swept> swept, Varied varied, boolean halving) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.hint(
            "Last validation accuracy in per cent, mean over seeds, and its difference in points"
                + " from the first, paired by seed; both with Student's 95% interval. What came"
                + " first of many is partly luck: its accuracy is what it was chosen by, so train"
                + " it anew with other seeds before you believe it."));
    if (halving) {
      blocks.add(
          Block.hint(
              "Rounds of "
                  + plan
                      .halving()
                      .rounds(files.config().conditions().size(), files.config().training().steps())
                      .stream()
                      .map(String::valueOf)
                      .collect(Collectors.joining(", "))
                  + " steps; after each, one in "
                  + plan.halving().eta()
                  + " went on, by its validation accuracy. Those with fewer steps are not to be"
                  + " compared with those above them. Halving is "
                  + UNFAIR));
    }
    if (swept.size() > TABLE) {
      blocks.add(Block.hint("The first " + TABLE + " of " + swept.size() + "; sweep.csv has all."));
    }
    Table<Swept> table =
        columns(varied)
            .with("Accuracy", Format.PERCENT, Swept::accuracy)
            .with("95% interval", Format.PERCENT_INTERVAL, Swept::accuracy)
            .with("From the first", Format.PERCENT, Swept::behind)
            .with("95% interval", Format.PERCENT_INTERVAL, Swept::behind)
            .with("Seeds", Format.PLAIN, each -> each.accuracy().count());
    if (swept.stream().anyMatch(each -> each.diverged() > 0)) {
      table = table.with("Diverged", Format.BAD_COUNT, Swept::diverged);
    }
    blocks.add(new Block.Rows<>(table, swept.subList(0, Math.min(TABLE, swept.size()))));
    return blocks;
  }

  private Table<Swept> terminal(Varied varied) {
    return columns(varied)
        .with("accuracy", Format.TERMINAL, each -> each.accuracy())
        .with("seeds", Format.PLAIN, each -> each.accuracy().count());
  }

  private Table<Swept> columns(Varied varied) {
    Set<String> keys = Set.copyOf(varied.keys());
    Table<Swept> table = Table.of();
    if (keys.contains(Varied.CONDITION)) {
      table = table.with(Varied.CONDITION, Format.CODE, each -> each.condition().name());
    }
    for (String key : keys()) {
      if (keys.contains(key)) {
        table = table.with(key, Format.PLAIN, each -> each.values().get(key));
      }
    }
    return keys.contains(Halving.STEPS)
        ? table.with(Halving.STEPS, Format.PLAIN, Swept::steps)
        : table;
  }
}
