package io.nnem.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import io.nnem.experiments.Calls;
import io.nnem.experiments.Nnem;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.Cancellation;
import io.nnem.experiments.run.DataSource;
import io.nnem.experiments.run.FakeRunner;
import io.nnem.experiments.run.TrialRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {
  private static final String[] SMALL = {
    "--conditions",
    "none,exact-reinstatement/decoded",
    "--steps",
    "20",
    "--set",
    "evaluate-every=10"
  };

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Cancellation cancellation = new Cancellation();
  private TrialRunner runner = new FakeRunner();

  @Test
  void figureLeavesEveryFile() throws IOException {
    Path run = folder.resolve("run");
    assertThat(execute(figure("--out", run.toString(), "--seeds", "2"))).isZero();

    assertThat(names(run))
        .containsExactlyInAnyOrder(
            "config.yaml",
            "provenance.json",
            "metrics.csv",
            "summary.csv",
            "comparisons.csv",
            "figure.svg",
            "figure.png",
            "trials.jsonl",
            "report.html");
    assertThat(Files.readString(run.resolve("metrics.csv")).lines())
        .hasSize(1 + 2 * 2 * 3)
        .startsWith("condition,seed,step,split,accuracy,loss")
        .element(1)
        .asString()
        .startsWith("none,1,0,validation,");
    assertThat(Files.readString(run.resolve("summary.csv")).lines()).hasSize(3);
    assertThat(out.toString().lines())
        .hasSize(4)
        .startsWith("condition                          accuracy  diverged  ms/step")
        .endsWith("Results are in " + run);
    assertThat(err.toString()).contains("(4 of 4 trials)");

    JsonNode provenance =
        JsonMapper.builder().build().readTree(run.resolve("provenance.json").toFile());
    assertThat(provenance.get("status").asText()).isEqualTo("complete");
    assertThat(provenance.get("command").get(1).asText()).isEqualTo("figure");
    assertThat(provenance.get("seeds")).hasSize(2);
    assertThat(provenance.get("backend").get("description").asText()).isEqualTo("a fake");
    assertThat(provenance.get("data").get("validation_sha256").asText()).hasSize(64);
    assertThat(provenance.get("machine").get("processor").asText()).isNotBlank();
  }

  @Test
  void theResolvedConfigurationGivesTheSameRun() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    assertThat(execute(figure("--out", first.toString(), "--quick", "--set", "temperature=0.3")))
        .isZero();
    assertThat(
            execute(
                "figure",
                "--config",
                first.resolve("config.yaml").toString(),
                "--out",
                second.toString()))
        .isZero();

    for (String same :
        List.of("config.yaml", "metrics.csv", "summary.csv", "figure.svg", "figure.png")) {
      assertThat(second.resolve(same)).hasSameBinaryContentAs(first.resolve(same));
    }
  }

  @Test
  void jobsDoNotChangeTheResults() throws IOException {
    for (String jobs : List.of("1", "4")) {
      Path run = folder.resolve(jobs);
      assertThat(execute(figure("--out", run.toString(), "--set", "jobs=" + jobs))).isZero();
    }
    assertThat(folder.resolve("4/metrics.csv"))
        .hasSameTextualContentAs(folder.resolve("1/metrics.csv"));
  }

  @Test
  void aDivergedTrialIsAResult() throws IOException {
    runner =
        new FakeRunner() {
          @Override
          protected boolean diverges(String condition, long seed) {
            return seed == 2 && !condition.equals("none");
          }
        };
    Path run = folder.resolve("run");
    assertThat(execute(figure("--out", run.toString()))).isZero();

    assertThat(run.resolve("divergences.csv"))
        .hasContent(
            "condition,seed,step,reason\nexact-reinstatement/decoded,2,10,the loss is NaN\n");
    assertThat(out.toString()).contains(" 1/3 ");
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("<strong class=\"bad\">1</strong>", "the loss is NaN");
  }

  @Test
  void aFailedTrialIsOneLineAndALog() throws IOException {
    runner =
        (condition, seed, config, data, listener) -> {
          throw new IllegalStateException("no\nmore paper");
        };
    Path run = folder.resolve("run");
    assertThat(execute(figure("--out", run.toString(), "--set", "jobs=1"))).isEqualTo(1);

    assertThat(err.toString().lines())
        .containsExactly(
            "nnem figure: none, seed 1 failed: no more paper (stack trace: "
                + run.resolve("error.log")
                + ")");
    assertThat(Files.readString(run.resolve("error.log")))
        .contains("IllegalStateException", "\tat ");
    assertThat(Files.readString(run.resolve("provenance.json"))).contains("\"failed\"");
  }

  @Test
  void stackTracesAreThereForTheAsking() {
    runner =
        (condition, seed, config, data, listener) -> {
          throw new IllegalStateException("no more paper");
        };
    assertThat(execute(figure("--stacktrace", "--out", folder.resolve("run").toString())))
        .isEqualTo(1);
    assertThat(err.toString()).contains("\tat io.nnem.experiments");
  }

  @Test
  void anInterruptedRunKeepsWhatWasMeasured() throws IOException {
    runner =
        new FakeRunner() {
          @Override
          protected void beforeStep(Condition condition, long seed, int step) {
            if (seed == 2 && step == 15) {
              cancellation.request();
            }
          }
        };
    Path run = folder.resolve("run");
    assertThat(execute(figure("--out", run.toString(), "--set", "jobs=1"))).isEqualTo(130);

    assertThat(Files.readString(run.resolve("metrics.csv")).lines()).hasSize(1 + 3 + 3 + 2);
    assertThat(err.toString())
        .endsWith(
            "interrupted after 2 of 6 trials; what was measured is kept in "
                + run
                + ", and --resume "
                + run
                + " goes on"
                + System.lineSeparator());
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("This run is not complete (interrupted): 2 of 6 trials");
  }

  @Test
  void anExistingFolderIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("summary.csv"), "precious");
    runner =
        (condition, seed, config, data, listener) -> {
          throw new AssertionError("nothing may be trained");
        };

    assertThat(execute(figure("--out", folder.toString()))).isEqualTo(2);
    assertThat(err.toString()).startsWith("nnem figure: --out " + folder + " has files in it");
    assertThat(names(folder)).containsExactly("summary.csv");
  }

  @Test
  void aWrongCallIsReportedWhole() {
    assertThat(execute("figure", "--seeds", "0", "--set", "tempreature=1", "--batch", "x"))
        .isEqualTo(2);
    assertThat(err.toString().lines())
        .contains(
            "nnem figure: --seeds: seeds is 0; it must be greater than or equal to 1",
            "nnem figure: --set: there is no key \"tempreature\"; did you mean temperature?",
            "nnem figure: --batch: batch is \"x\"; it must be a whole number");
    assertThat(execute("figure", "--quick", "--full")).isEqualTo(2);
    assertThat(execute("figure", "--sedes", "3")).isEqualTo(2);
    assertThat(execute("paint")).isEqualTo(2);
    assertThat(execute()).isEqualTo(2);
  }

  @Test
  void trainTrainsExactlyOneCondition() throws IOException {
    Path file = folder.resolve("one.yaml");
    Files.writeString(file, "conditions: [none]\nsteps: 20\nseeds: 1\n");
    Path run = folder.resolve("run");
    assertThat(execute("train", "--config", file.toString(), "--out", run.toString())).isZero();
    assertThat(Files.readString(run.resolve("summary.csv")).lines()).hasSize(2);

    Files.writeString(file, "conditions: [none, backprop]\n");
    assertThat(execute("train", "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "nnem train: conditions has 2 (none, backprop); nnem train trains exactly one, nnem figure"
                + " trains several");
    assertThat(execute("train", "--conditions", "classifier")).isEqualTo(2);
    assertThat(err.toString()).contains("classifier, which has no memory to save");
    assertThat(execute("train", "--set", "decoder-learning=distilled")).isEqualTo(2);
    assertThat(err.toString()).contains("decoder-learning is distilled");
  }

  @Test
  void dataThatIsNotThereIsAWrongCall() {
    assertThat(
            commandLine(DataSource.standard())
                .execute(figure("--data", folder.resolve("none").toString())))
        .isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "nnem figure: data is \""
                + folder.resolve("none")
                + "\"; it must be one of mnist, mnist-on-noise, mnist-on-patches, shifted-mnist, a folder of IDX files or a CSV file");
  }

  @Test
  void helpVersionAndCompletionWork() {
    for (String[] call :
        List.of(
            new String[] {"--help"},
            new String[] {"figure", "--help"},
            new String[] {"train", "-h"},
            new String[] {"predict", "--help"},
            new String[] {"memory", "--help"},
            new String[] {"capacity", "--help"},
            new String[] {"plugins", "--help"},
            new String[] {"--version"},
            new String[] {"completion"})) {
      assertThat(execute(call)).isZero();
    }
    assertThat(out.toString())
        .contains("nnem figure --quick", "--conditions", "Print a completion script", "nnem dev")
        .contains("nnem capacity --quick", "--capacities=VALUE", "--resume=DIR")
        .contains("complete -F _complete_nnem");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aPluginSaysWhatItCanBeSetTo() {
    assertThat(execute("plugins", "nearest")).isZero();
    assertThat(out)
        .asString()
        .contains("recall nearest: options, to be set with --set options.NAME=VALUE")
        .containsPattern("nearest-k +a whole number, 1 or more +32 +memories that are recalled");
    assertThat(execute("plugins", "fifo")).isZero();
    assertThat(out).asString().contains("eviction policy fifo has no options.");
    assertThat(execute("plugins", "nearst")).isEqualTo(2);
    assertThat(err).asString().contains("there is no plug-in 'nearst'; did you mean 'nearest'?");
  }

  @Test
  void pluginsAreListed() {
    assertThat(execute("plugins")).isZero();
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("backend +reference +\\S+ +io\\.nnem\\.core\\..*"))
        .anyMatch(line -> line.matches("credit assigner +exact-reinstatement +.*"))
        .anyMatch(line -> line.matches("memory store +fixed-capacity +.*"))
        .anyMatch(line -> line.matches("eviction policy +class-balanced +.*"))
        .anyMatch(line -> line.matches("recall +nearest +.*"))
        .anyMatch(line -> line.matches("key refresher +transport +.*"));
  }

  private static String[] figure(String... more) {
    return Stream.of(Stream.of("figure"), Stream.of(SMALL), Stream.of(more))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  private int execute(String... arguments) {
    return commandLine(config -> FakeRunner.split(), arguments).execute(arguments);
  }

  private CommandLine commandLine(DataSource data, String... arguments) {
    Module fakes =
        Modules.override(Calls.with(Calls.fakes(() -> runner), Cancellation.class, cancellation))
            .with(binder -> binder.bind(DataSource.class).toInstance(data));
    return Nnem.commandLine(fakes, arguments)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
