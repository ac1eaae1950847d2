package org.example;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.core.Options;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.FolderReport;
import io.nnem.experiments.engine.Job;
import io.nnem.experiments.engine.Parts;
import io.nnem.experiments.engine.Preset;
import io.nnem.experiments.engine.RunFiles;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Outcome;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.run.TrialRunner;
import io.nnem.experiments.run.Trials;
import io.nnem.report.chart.Axis;
import io.nnem.report.chart.Chart;
import io.nnem.report.chart.Figure;
import io.nnem.report.chart.Point;
import io.nnem.report.chart.Series;
import io.nnem.report.chart.Style;
import io.nnem.report.page.Block;
import io.nnem.report.page.Section;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Format;
import io.nnem.report.table.Table;
import io.nnem.report.table.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How many training steps each condition needs to an accuracy. It trains as nnem figure does. */
@AutoService(Experiment.class)
public final class MyExperiment implements Experiment {
  private static final Option<Integer> TARGET =
      Option.integer("target", 50, "the accuracy to reach, in per cent")
          .where(target -> target > 0 && target < 100, "from 1 to 99");

  /** A row of the table, and what a trial found: trials.jsonl keeps it, so that --resume has it. */
  public record Reached(Condition condition, long seed, boolean reached, int step)
      implements Found {}

  @Override
  public String name() {
    return "my-experiment";
  }

  @Override
  public Help help() {
    return new Help(
        "Count the training steps that each condition needs to an accuracy.",
        "Trains as nnem figure does, and leaves steps.csv, steps.svg and report.html.",
        List.of("nnem my-experiment --quick", "nnem my-experiment --target 70 --seeds 5"));
  }

  @Override
  public List<Option<?>> options() {
    return List.of(TARGET);
  }

  @Override
  public List<Preset> presets() {
    return List.of(
        Preset.usual("steps=2000 evaluate-every=50 evaluation-images=2000"),
        Preset.named("quick", "1 seed, 500 steps.", "seeds=1 steps=500 evaluate-every=25"));
  }

  @Override
  public Job job(ExperimentConfig config, Options options, Parts parts) {
    int target = options.get(TARGET);
    TrialRunner runner =
        (condition, seed, its, data, listener) -> {
          TrialResult result = parts.training().run(condition, seed, its, data, listener);
          return result.with(reached(result, target));
        };
    return new Job(
        Trials.plan(config), runner, Reached.class, (files, data) -> new Report(files, target));
  }

  private static Reached reached(TrialResult result, int target) {
    return result.measurements().stream()
        .filter(each -> 100 * each.accuracy() >= target)
        .findFirst()
        .map(each -> new Reached(result.condition(), result.seed(), true, each.step()))
        .orElse(new Reached(result.condition(), result.seed(), false, 0));
  }

  /** A table, a chart and a sentence. */
  private record Report(RunFiles files, int target) implements FolderReport {
    private static final Table<Reached> TABLE =
        Table.<Reached>of()
            .with("condition", Format.TEXT, Reached::condition)
            .with("seed", Format.PLAIN, Reached::seed)
            .with("step", Format.PLAIN, row -> row.reached() ? row.step() : "");

    @Override
    public String write(Outcome outcome) throws IOException {
      List<Reached> rows = outcome.found(Reached.class);
      files.csv("steps.csv", TABLE, rows);
      List<String> names = new ArrayList<>();
      List<Point> bars = new ArrayList<>();
      for (Condition condition : rows.stream().map(Reached::condition).distinct().toList()) {
        List<Reached> same = rows.stream().filter(r -> r.condition().equals(condition)).toList();
        if (same.stream().allMatch(Reached::reached)) {
          Estimate steps = Estimate.of(same.stream().mapToDouble(Reached::step).toArray());
          bars.add(Point.of(names.size(), steps, condition.name()));
          names.add(condition.name());
        }
      }
      Series series = new Series("steps", Style.at(0), bars);
      double most = bars.stream().mapToDouble(Point::y).max().orElse(1);
      Axis axis = Axis.linear("Steps", 0, 1.5 * most); // no interval goes below 0
      Chart chart =
          new Chart(Chart.Kind.BARS, Axis.names("Condition", names), axis, List.of(series));
      String title = "Training steps to " + target + " % accuracy";
      Figure figure = Figure.of("steps", title, files.dataName() + ", " + files.seeds(), chart);
      files.figure(figure);
      String sentence =
          names.size() + " conditions have " + target + " % with every seed: " + names;
      Section section =
          new Section("steps", title, new Block.Picture(figure), new Block.Rows<>(TABLE, rows));
      files.page(title, sentence, RunFiles.notice(outcome), List.of(section));
      return Text.of(TABLE, rows) + sentence + System.lineSeparator();
    }
  }
}
