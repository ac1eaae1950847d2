package io.nnem.experiments.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.datasets.Split;
import io.nnem.experiments.Calls;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Cancellation;
import io.nnem.experiments.run.FakeRunner;
import io.nnem.experiments.run.TrialListener;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.run.TrialRunner;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacityCommandTest {
  private static final String CODE =
      "exact-reinstatement/code+options.code-bits=8+pretrain-steps=9";
  private static final String STORED = "exact-reinstatement/stored";
  private static final String HEADER =
      "condition,capacity,seed,accuracy,bytes_per_memory,step_ms,diverged";

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> trained = new ArrayList<>();
  private Cancellation cancellation = new Cancellation();
  private TrialRunner runner = new Noting();

  @Test
  void leavesEveryFileAndSaysWhatCameOut() throws IOException {
    Path run = folder.resolve("run");
    assertThat(capacity("--capacities", "2000:1,500", "--out", run.toString())).isZero();

    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "config.yaml",
              "provenance.json",
              "metrics.csv",
              "capacity.csv",
              "capacity-summary.csv",
              "capacity-comparisons.csv",
              "capacity.svg",
              "capacity.png",
              "trials.jsonl",
              "report.html");
    }
    assertThat(lines(run, "capacity.csv"))
        .hasSize(1 + 3 * (2 + 1))
        .startsWith(HEADER)
        .element(1)
        .asString()
        .matches("none,500,1,0\\.\\d+,136,1\\.5,false");
    assertThat(lines(run, "capacity-summary.csv"))
        .hasSize(1 + 3 * 2)
        .startsWith("condition,capacity,seeds,mean,low95,high95,diverged,bytes_per_memory,step_ms")
        .element(6)
        .asString()
        .matches(CODE.replace("+", "\\+") + ",2000,1,0\\.\\d+,,,0,136,5\\.25");
    assertThat(lines(run, "config.yaml"))
        .startsWith("# nnem capacity --config config.yaml --capacities 500,2000:1")
        .contains("capacity: 500", "  - \"" + CODE + "\"");
    assertThat(lines(run, "metrics.csv")).hasSize(1 + 3 * 3 * 3);
    assertThat(out.toString().lines())
        .hasSize(1 + 3 * 2 + 1)
        .endsWith("Results are in " + run)
        .first()
        .asString()
        .matches("condition +capacity +accuracy +diverged +bytes/memory +ms/step");
    assertThat(err.toString()).contains("(9 of 9 trials)");
    assertThat(Files.readString(run.resolve("report.html")))
        .contains(
            "<svg ",
            "|At capacity 2,000|",
            "<h3>2,000 memories</h3>",
            "which has 16 bytes as floats and would have 4 with a byte for each pixel",
            "<code>" + CODE + "</code>",
            "mean and range of 2 seeds (1 at 2000)");
    assertThat(trained)
        .startsWith(
            "none+capacity=500 1 500",
            STORED + "+capacity=500 1 500",
            CODE + "+capacity=500 1 500",
            "none+capacity=500 2 500")
        .endsWith(CODE + "+capacity=2000 1 2000");
  }

  @Test
  void theResolvedConfigurationGivesTheSameRun() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    assertThat(capacity("--capacities", "40:3,50", "--out", first.toString())).isZero();
    String config = first.resolve("config.yaml").toString();
    assertThat(
            execute(
                "capacity",
                "--config",
                config,
                "--capacities",
                "40:3,50",
                "--out",
                second.toString()))
        .isZero();
    for (String same :
        List.of("config.yaml", "metrics.csv", "capacity.csv", "capacity.svg", "capacity.png")) {
      assertThat(second.resolve(same)).hasSameBinaryContentAs(first.resolve(same));
    }
  }

  @Test
  void aDivergedTrialIsAResult() throws IOException {
    runner =
        new FakeRunner() {
          @Override
          protected boolean diverges(String condition, long seed) {
            return condition.equals("none+capacity=500") && seed == 2;
          }
        };
    Path run = folder.resolve("run");
    assertThat(capacity("--capacities", "500", "--out", run.toString())).isZero();
    assertThat(lines(run, "capacity.csv").get(2)).matches("none,500,2,0\\.\\d+,136,1\\.5,true");
    assertThat(lines(run, "divergences.csv")).contains("none+capacity=500,2,10,the loss is NaN");
    assertThat(out.toString()).contains(" 1/2 ");
  }

  @Test
  void wrongCallsDoNothing() {
    Path run = folder.resolve("run");
    for (String[] call :
        List.of(
            new String[] {"--capacities", "0"},
            new String[] {"--capacities", "500,500"},
            new String[] {"--capacities", "8"},
            new String[] {"--capacities", "500:x", "--seeds", "0"},
            new String[] {"--capacity", "500"},
            new String[] {"--set", "capacity=500"},
            new String[] {"--conditions", "none+capacity=40"},
            new String[] {"--capacities", "40", "--conditions", "none+batch=64"},
            new String[] {"--quick", "--full"})) {
      List<String> arguments = new ArrayList<>(List.of(call));
      arguments.addAll(List.of("--out", run.toString()));
      assertThat(capacity(arguments.toArray(String[]::new))).as(arguments.toString()).isEqualTo(2);
    }
    assertThat(err.toString().lines())
        .contains(
            "nnem capacity: --capacities 0: it must be N or N:SEEDS, whole numbers from 1 on, each"
                + " N once, with commas between them, as in 500,2000,32000:2",
            "nnem capacity: --capacities: capacity is 8; it must be at least batch, 16",
            "nnem capacity: --seeds: seeds is 0; it must be greater than or equal to 1",
            "nnem capacity: capacity is what is varied here; name it in --capacities",
            "nnem capacity: conditions: none+capacity=40: capacity is what is varied"
                + " here; leave it out, and name it in --capacities",
            "nnem capacity: --conditions: conditions: none+batch=64: capacity is 40; it must be at"
                + " least batch, 64");
    assertThat(run).doesNotExist();
    assertThat(trained).isEmpty();
  }

  @Test
  void anInterruptedRunKeepsWhatWasMeasuredAndCanBeResumed() throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(capacity("--capacities", "500,2000", "--out", whole.toString())).isZero();
    Path run = folder.resolve("run");
    interruptAfter(STORED + "+capacity=500", 2);
    assertThat(capacity("--capacities", "500,2000", "--out", run.toString())).isEqualTo(130);
    assertThat(err.toString()).contains("interrupted after 4 of 12 trials");
    assertThat(lines(run, "capacity.csv")).hasSize(1 + 4).startsWith(HEADER);
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("This run is not complete (interrupted): 4 of 12 trials");

    cancellation = new Cancellation();
    runner = new Noting();
    trained.clear();
    assertThat(execute("capacity", "--resume", run.toString(), "--seeds", "2")).isZero();

    assertThat(trained).hasSize(8).startsWith(STORED + "+capacity=500 2 500");
    for (String same :
        List.of(
            "config.yaml",
            "metrics.csv",
            "capacity.csv",
            "capacity-summary.csv",
            "capacity.svg",
            "capacity.png")) {
      assertThat(run.resolve(same)).hasSameBinaryContentAs(whole.resolve(same));
    }
    assertThat(Files.readString(run.resolve("provenance.json"))).contains("\"complete\"");
    assertThat(Files.readString(run.resolve("provenance-1.json"))).contains("\"interrupted\"");
  }

  private void interruptAfter(String condition, long seed) {
    runner =
        new FakeRunner() {
          @Override
          protected void beforeStep(Condition its, long at, int step) {
            if (its.name().equals(condition) && at == seed && step == 15) {
              cancellation.request();
            }
          }
        };
  }

  /** Remembers what it trained. */
  private class Noting extends FakeRunner {
    @Override
    public TrialResult run(
        Condition condition, long seed, ExperimentConfig config, Split data, TrialListener listener)
        throws InterruptedException {
      trained.add(condition + " " + seed + " " + config.memory().capacity());
      return super.run(condition, seed, config, data, listener);
    }
  }

  private static List<String> lines(Path folder, String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  private int capacity(String... more) {
    List<String> call =
        new ArrayList<>(
            List.of(
                "capacity",
                "--steps",
                "20",
                "--set",
                "evaluate-every=10",
                "--set",
                "jobs=1",
                "--set",
                "embedding-size=32"));
    if (!List.of(more).contains("--conditions")) {
      call.addAll(List.of("--conditions", "none," + STORED + "," + CODE));
    }
    call.addAll(List.of(more));
    return execute(call.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    return Calls.execute(
        Calls.with(Calls.fakes(() -> runner), Cancellation.class, cancellation),
        out,
        err,
        arguments);
  }
}
