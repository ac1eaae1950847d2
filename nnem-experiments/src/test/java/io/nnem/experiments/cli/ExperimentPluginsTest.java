package io.nnem.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.Calls;
import io.nnem.experiments.engine.Experiment;
import io.nnem.experiments.engine.TrialExecutor;
import io.nnem.experiments.plugins.PluginJars;
import io.nnem.experiments.run.Bars;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments that do not come with nnem are commands like the others. */
class ExperimentPluginsTest {
  /** Throws dice: what comes out depends on the seed and on its own option. */
  private static final String DICE =
      """
      package plug;
      import io.nnem.core.*;
      import io.nnem.experiments.config.ExperimentConfig;
      import io.nnem.experiments.engine.*;
      import io.nnem.experiments.run.*;
      import io.nnem.report.table.*;
      import java.util.*;
      public class CLASS implements Experiment {
        static final Option<Integer> SIDES =
            Option.integer("sides", 6, "100% of a die's sides").where(n -> n > 1, "2 or more");
        public record Thrown(long seed, int eyes) implements Found {}
        @Override public String name() { return "NAME"; }
        @Override public Help help() {
          return new Help("Throw 1% dice.", "Throws.", List.of("nnem NAME --sides 20"));
        }
        @Override public List<Option<?>> options() { return List.of(SIDES); }
        @Override public List<Preset> presets() {
          return List.of(
              Preset.usual("seeds=2"), Preset.named("quick", "1 seed.", "seeds=1").with("sides", "2"));
        }
        @Override public Job job(ExperimentConfig config, Options options, Parts parts) {
          int sides = options.get(SIDES);
          TrialRunner runner = (condition, seed, its, data, listener) ->
              new TrialResult(condition, seed, List.of(), Optional.empty(), 0, Double.NaN)
                  .with(new Thrown(seed, (int) Math.floorMod(seed * 31, sides)));
          return new Job(Trials.plan(config), runner, Thrown.class, (files, data) ->
              outcome -> {
                Table<Thrown> table = Table.<Thrown>of()
                    .with("seed", Format.PLAIN, Thrown::seed).with("eyes", Format.PLAIN, Thrown::eyes);
                List<Thrown> rows = outcome.found(Thrown.class);
                files.csv("dice.csv", table, rows);
                files.page("Dice", "of " + sides, RunFiles.notice(outcome), List.of());
                return Text.of(table, rows);
              });
        }
        MORE
      }
      """;

  /** Runs each trial here, and hands it over as if it came from elsewhere. */
  private static final String ELSEWHERE =
      """
      package plug;
      import io.nnem.core.*;
      import io.nnem.experiments.config.ExperimentConfig;
      import io.nnem.experiments.engine.*;
      import io.nnem.experiments.run.*;
      import java.util.*;
      public class Elsewhere implements TrialExecutor {
        static final Option<Integer> LIMIT =
            Option.integer("limit", 9, "how many trials it runs").where(n -> n > 0, "1 or more");
        @Override public String name() { return "elsewhere"; }
        @Override public List<Option<?>> options() { return List.of(LIMIT); }
        @Override public void run(Work work) {
          int limit = work.options().get(LIMIT);
          for (Trial trial : work.trials().left()) {
            if (limit-- == 0) {
              work.trials().failed(trial, new IllegalStateException("no more room"));
              return;
            }
            ExperimentConfig own = work.call().config().forCondition(trial.condition());
            Trials there = new Trials(
                work.job().runner(), own, List.of(trial), List.of(), work.trials().data(),
                event -> {}, result -> {}, new Cancellation());
            there.run(trial);
            work.trials().started(trial);
            String line = TrialJson.line(there.outcome().results().get(0));
            work.trials().received(TrialJson.result(line, work.job().found()));
          }
        }
      }
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void oneOnThePluginPathIsACommand_withHelpAndPresetsAndAReport() throws IOException {
    String jar = jar("Dice", "dice", "").toString();
    assertThat(execute("dice", "--help", "--plugin-path", jar)).isZero();
    assertThat(out.toString())
        .contains("Throw 1% dice.", "Usage: nnem dice [", "--resume=DIR", "nnem dice --sides 20")
        .containsPattern(
            "--sides=VALUE +100% of a die's sides: a whole number, 2 or more\\.\\s+Default: 6; with"
                + " --quick\\s+2\\.");
    assertThat(execute("--plugin-path=" + jar, "--help")).isZero();
    assertThat(out.toString()).containsPattern("  dice +Throw 1% dice\\.");

    Path run = folder.resolve("run");
    assertThat(dice(jar, "--sides", "020", "--out", run.toString())).as(err.toString()).isZero();
    assertThat(run.resolve("dice.csv")).hasContent("seed,eyes\n1,11\n2,2\n");
    assertThat(run.resolve("config.yaml"))
        .content()
        .startsWith("# nnem dice --config config.yaml --sides 20\n");
    assertThat(run.resolve("provenance.json")).content().contains("experiment dice", "Dice.jar");
    assertThat(run.resolve("report.html")).content().contains("of 20");
    assertThat(dice(jar, "--quick", "--out", folder.resolve("quick").toString())).isZero();
    assertThat(folder.resolve("quick/dice.csv")).hasContent("seed,eyes\n1,1\n");
  }

  @Test
  void oneThatWasKilledGoesOnWithItsOptions() throws IOException {
    String jar = jar("Dice", "dice", "").toString();
    Path run = folder.resolve("run");
    assertThat(dice(jar, "--sides", "20", "--out", run.toString())).isZero();
    Path journal = run.resolve("trials.jsonl");
    Files.write(journal, Files.readAllLines(journal).subList(0, 2));
    Files.delete(run.resolve("dice.csv"));
    String[] resume = {"dice", "--plugin-path", jar, "--resume", run.toString()};
    assertThat(execute(resume)).as(err.toString()).isZero();
    assertThat(err.toString()).contains("(1 of 1 trials)");
    assertThat(run.resolve("dice.csv")).hasContent("seed,eyes\n1,11\n2,2\n");

    assertThat(dice(jar, "--sides", "7", "--resume", run.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--sides is 20 there, but 7 here; leave that option out");
    assertThat(dice(jar, "--quick", "--resume", run.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("leave --quick out");
    assertThat(dice(jar, "--sides", "1", "--seeds", "0")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "nnem dice: --sides 1: it must be a whole number, 2 or more",
            "nnem dice: --seeds: seeds is 0;");
  }

  @Test
  void theKindIsListed_andOnePluginSaysItsOptions() throws IOException {
    String jar = jar("Dice", "dice", "").toString();
    assertThat(execute("plugins", "--plugin-path", jar)).isZero();
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("experiment +figure +.*"))
        .anyMatch(line -> line.matches("experiment +dice +Dice\\.jar +plug\\.Dice"));
    assertThat(execute("plugins", "dice", "--plugin-path", jar)).isZero();
    assertThat(out.toString())
        .contains("experiment dice: options, to be set with nnem dice --NAME VALUE")
        .containsPattern("sides +a whole number, 2 or more +6 +100% of a die's sides");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whatCannotBeACommandIsReportedAndLeavesTheOthersAlone() throws IOException {
    String throwing =
        jar("Throwing", "throwing", "public Throwing() { int x = 1 / 0; }").toString();
    assertThat(execute("plugins", "--plugin-path", throwing)).isEqualTo(1);
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("plug.Throwing in " + throwing + " cannot be made")
        .contains("/ by zero");
    assertThat(execute("throwing", "--plugin-path", throwing)).isEqualTo(2);
    assertThat(err.toString()).contains("/ by zero").contains("Unmatched argument");

    err.getBuffer().setLength(0);
    String taken = jar("Taken", "figure", "").toString();
    assertThat(execute("figure", "--plugin-path", taken)).isEqualTo(2);
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("2 plug-ins offer an experiment called 'figure': ")
        .contains("Keep one of them.");

    err.getBuffer().setLength(0);
    String own = jar("Own", "plugins", "").toString();
    String mute =
        jar("Mute", "mute", "", "return new Help(", "return null; } Help h() { return new Help(")
            .toString();
    String clash = jar("Clash", "clash", "", "\"sides\"", "\"seeds\"").toString();
    String all = String.join(File.pathSeparator, own, mute, clash);
    assertThat(execute("plugins", "--plugin-path", all)).isEqualTo(1);
    assertThat(warnings())
        .hasSize(3)
        .anyMatch(
            line ->
                line.contains("'plugins' in Own.jar cannot be used: ")
                    && line.endsWith("nnem has a command of that name; rename it"))
        .anyMatch(
            line ->
                line.contains("'mute' in Mute.jar cannot be used: ")
                    && line.endsWith("help() returns null"))
        .anyMatch(line -> line.contains("'clash' in Clash.jar cannot be used: "));
  }

  @Test
  void whereThereAreSeveralExecutorsOneIsChosen_andWhatComesOutIsTheSame() throws IOException {
    Path classes =
        new PluginJars(folder.resolve("work")).classes(TrialExecutor.class, "Elsewhere", ELSEWHERE);
    String jar = PluginJars.pack(folder.resolve("elsewhere.jar"), classes).toString();
    assertThat(figure("threads", "--jobs", "2")).as(err.toString()).isZero();
    assertThat(figure("elsewhere", "--plugin-path", jar, "--executor", "elsewhere"))
        .as(err.toString())
        .isZero();
    for (String same : List.of("config.yaml", "metrics.csv", "comparisons.csv", "figure.svg")) {
      String one = Files.readString(folder.resolve("threads").resolve(same));
      assertThat(folder.resolve("elsewhere").resolve(same))
          .content()
          .isEqualTo(same.equals("config.yaml") ? one.replace("jobs: 2", "jobs: 1") : one);
    }

    String[] one = {"--plugin-path", jar, "--executor", "elsewhere", "--limit", "1"};
    assertThat(figure("one", one)).isEqualTo(1);
    assertThat(err.toString()).contains("backprop, seed 1 failed: no more room");
    Path half = folder.resolve("one");
    assertThat(execute("figure", "--resume", half.toString())).as(err.toString()).isZero();
    assertThat(half.resolve("metrics.csv"))
        .hasSameBinaryContentAs(folder.resolve("threads/metrics.csv"));

    assertThat(figure("none", "--plugin-path", jar, "--executor", "elsewhre")).isEqualTo(2);
    assertThat(err.toString())
        .contains("nnem figure: --executor: There is no trial executor called 'elsewhre'");
    assertThat(figure("none", "--executor", "threads")).as("there is no choice").isEqualTo(2);
    assertThat(err.toString()).contains("Unknown option");
    assertThat(execute("figure", "--help", "--plugin-path", jar)).isZero();
    assertThat(out.toString()).contains("--executor=NAME", "elsewhere or threads", "--limit=VALUE");
  }

  private int figure(String run, String... more) {
    List<String> call = new ArrayList<>(List.of("figure", "--conditions", "none,backprop"));
    Bars.settings().forEach(setting -> call.addAll(List.of("--set", setting)));
    call.addAll(List.of("--set", "jobs=1", "--seeds", "1"));
    call.addAll(List.of("--out", folder.resolve(run).toString()));
    call.addAll(List.of(more));
    return execute(call.toArray(String[]::new));
  }

  private List<String> warnings() {
    return err.toString().lines().filter(line -> line.startsWith("nnem: warning: ")).toList();
  }

  private int dice(String jar, String... more) {
    List<String> call = new ArrayList<>(List.of("dice", "--plugin-path", jar));
    if (!List.of(more).contains("--resume")) {
      call.addAll(
          List.of("--conditions", "none", "--backend", "reference", "--set", "capacity=40"));
      call.addAll(List.of("--set", "evaluation-images=40"));
    }
    call.addAll(List.of(more));
    return execute(call.toArray(String[]::new));
  }

  private Path jar(String className, String name, String more, String... replaced)
      throws IOException {
    String source = DICE.replace("CLASS", className).replace("NAME", name).replace("MORE", more);
    if (replaced.length > 0) {
      source = source.replace(replaced[0], replaced[1]);
    }
    Path classes =
        new PluginJars(folder.resolve("work")).classes(Experiment.class, className, source);
    return PluginJars.pack(folder.resolve("jars").resolve(className + ".jar"), classes);
  }

  private int execute(String... arguments) {
    return Calls.execute(Calls.SMALL, out, err, arguments);
  }
}
