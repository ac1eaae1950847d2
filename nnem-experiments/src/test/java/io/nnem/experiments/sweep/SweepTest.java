package io.nnem.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.datasets.Split;
import io.nnem.experiments.Calls;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Found;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.TrialListener;
import io.nnem.experiments.run.TrialResult;
import io.nnem.report.table.Csv;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
  private static final String RANDOM =
      """
      base: {conditions: [none], seeds: 1}
      vary:
        temperature: {from: 0.01, to: 1, scale: log}
        capacity: {from: 100, to: 200}
        optimiser: [adam, sgd]
      method: random
      samples: 12
      """;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aGridTrainsEachConditionWithEveryCombination_andTheSameSeeds() throws IOException {
    Path run =
        sweep(
            """
            base:
              conditions: [none, backprop+batch=8]
              seeds: 2
              steps: 10
            vary:
              temperature: [0.1, 3e-1]
              embedder-hidden: [[16], [16, 8]]
              capacity: {from: 100, to: 10000, scale: log, values: 3}
            """);
    List<List<String>> rows = rows(run);
    assertThat(rows).hasSize(2 * 2 * 2 * 3 * 2);
    assertThat(rows)
        .extracting(row -> row.subList(0, 4))
        .contains(List.of("backprop+batch=8", "0.3", "16:8", "1000"));
    Map<List<String>, List<String>> seeds =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.subList(0, 4),
                    Collectors.mapping(row -> row.get(5), Collectors.toList())));
    assertThat(seeds.values()).hasSize(24).containsOnly(List.of("1", "2"));
    assertThat(rows).allSatisfy(row -> assertThat(row.get(4)).isEqualTo("10"));

    List<String> words = out.toString().lines().toList();
    assertThat(words).as("the ten best").hasSize(1 + 10 + 1);
    assertThat(words.get(0)).matches("condition +temperature +embedder-hidden +capacity +.*");
    assertThat(words.get(1)).contains("0.3").endsWith("2");
    assertThat(names(run))
        .contains("sweep.csv", "report.html", "parallel.svg", "scatter-1.png", "scatter-2.svg");
    assertThat(Files.readString(run.resolve("config.yaml")))
        .contains("none+temperature=0.1+embedder-hidden=16:8+capacity=1000");
  }

  @Test
  void drawsAreRepeatable_andTheFirstOfThemDoNotDependOnHowManyThereAre() throws IOException {
    List<List<String>> twelve = rows(sweep(RANDOM));
    List<List<String>> five = rows(sweep(RANDOM.replace("12", "5")));
    List<List<String>> others = rows(sweep(RANDOM + "seed: 2\n"));

    assertThat(twelve).hasSize(12);
    assertThat(five).isEqualTo(twelve.subList(0, 5));
    assertThat(others).doesNotContainAnyElementsOf(twelve);
    assertThat(twelve)
        .allSatisfy(
            row -> {
              assertThat(Double.parseDouble(row.get(1))).isBetween(0.01, 1.0);
              assertThat(Integer.parseInt(row.get(2))).as("whole").isBetween(100, 200);
            });
    assertThat(twelve)
        .as("by ratio")
        .filteredOn(row -> Double.parseDouble(row.get(1)) < 0.1)
        .hasSizeBetween(2, 10);
  }

  @Test
  void halvingTrainsTheBestThirdLonger_byValidationAlone_andCutsNobodyBeforeTheFloor()
      throws IOException {
    String file =
        """
        base: {conditions: [none], seeds: 2, steps: 900}
        vary:
          temperature: {from: 0.01, to: 0.5}
        method: halving
        samples: 9
        floor: 90
        """;
    List<List<String>> rows = rows(sweep(file));

    Map<Integer, List<List<String>>> rounds =
        rows.stream().collect(Collectors.groupingBy(row -> Integer.parseInt(row.get(2))));
    assertThat(rounds.keySet()).containsExactlyInAnyOrder(100, 300, 900);
    assertThat(rounds.get(100)).hasSize(18);
    assertThat(rounds.get(300)).hasSize(6);
    assertThat(rounds.get(900)).hasSize(2);
    List<Double> best =
        rounds.get(100).stream()
            .map(row -> Double.parseDouble(row.get(1)))
            .distinct()
            .sorted((a, b) -> Double.compare(b, a))
            .limit(3)
            .toList();
    assertThat(rounds.get(300))
        .extracting(row -> Double.parseDouble(row.get(1)))
        .as("the hottest are the best in validation, and the worst in the test")
        .hasSameElementsAs(best);
    assertThat(out.toString().lines().toList().get(1)).matches(" *" + best.get(0) + " +900 .*");

    assertThat(rows(sweep(file.replace("floor: 90", "floor: 1000")))).as("one round").hasSize(18);
  }

  @Test
  void theCallThatIsKeptWithTheConfigurationRunsItAgain() throws IOException {
    Path run = sweep(RANDOM.replace("adam, sgd", "adam"));
    String call = Files.readString(run.resolve("config.yaml")).lines().findFirst().orElseThrow();
    String plan = call.replaceFirst("# nnem sweep --config config.yaml --sweep '(.*)'", "$1");
    Path again = folder.resolve("again");
    String config = run.resolve("config.yaml").toString();
    assertThat(execute("sweep", "--config", config, "--sweep", plan, "--out", again.toString()))
        .as(err.toString())
        .isZero();

    assertThat(again.resolve("sweep.csv")).hasSameTextualContentAs(run.resolve("sweep.csv"));
    assertThat(again.resolve("config.yaml")).hasSameTextualContentAs(run.resolve("config.yaml"));
  }

  @Test
  void roundsEndWithAllSteps() {
    assertThat(new Halving(3, 500).rounds(20, 4500)).containsExactly(500, 1500, 4500);
    assertThat(new Halving(3, 100).rounds(3, 4500)).as("one is left").containsExactly(1500, 4500);
    assertThat(new Halving(2, 3).rounds(100, 25)).containsExactly(4, 7, 13, 25);
    assertThat(new Halving(3, 500).rounds(20, 400)).containsExactly(400);
    assertThat(new Halving(3, 1).rounds(1, 400)).containsExactly(400);
  }

  @Test
  void whatCannotBeSweptIsRefused_withAllThatIsWrong() throws IOException {
    refused(
        """
        base: {conditions: [none], speed: 3}
        vary:
          data: [mnist, other]
          conditions: [none]
          temperature: {from: 1, to: 0.1}
          capacity: {from: 1, to: 5}
          batch: {from: 0, to: 5, scale: log, values: 3}
          recall: [all, "a b"]
          eviction: fifo
        method: climb
        eta: 1
        colour: red
        """,
        "colour: there is no such key; the keys are base, eta, floor,",
        "method: it is climb; it must be grid, random or halving",
        "vary: data cannot be varied; what can be is options.NAME of plug-ins and steps,",
        "vary: conditions: list them in base; each is trained with every combination",
        "vary: temperature: from and to must be numbers, and from the smaller one",
        "vary: batch: from must be above 0 on a logarithmic scale",
        "vary: recall: \"a b\" cannot be varied",
        "vary: eviction: it must be a list of values, or a range",
        "eta: it is 1; it must be a whole number, 2 or more");
    refused("vary: {capacity: {from: 1, to: 5}}", "capacity: values must be a whole number, 2");
    refused("vary: {temperature: [0.1, hot]}", "temperature is \"hot\"; it must be a number");
    refused("vary: {temperature: [0.1, -3]}", "temperature is -3; it must be");
    refused("base: {speed: 3}\nvary: {temperature: [1]}", "FILE: base: there is no key \"speed\"");
    refused("vary: {temperature: [0.1]}\nmethod: random", "samples: say how many");
    refused(
        "base: {steps: 5}\nvary: {steps: [5]}\nmethod: halving\nsamples: 3",
        "steps: halving sets it");
    refused(
        "vary: {optimiser: [adam, sgd]}\nmethod: random\nsamples: 5",
        "there are hardly more than 2 combinations");
    refused(
        "base: {conditions: [none+batch=8]}\nvary: {batch: [8]}", "sets batch, which is varied");
    refused("vary: [", "FILE: line");
    refused("", "FILE is empty; its keys are base, vary");
    assertThat(execute("sweep")).isEqualTo(2);
    assertThat(err.toString()).contains("FILE is missing");
    assertThat(execute("sweep", "nowhere.yaml")).isEqualTo(2);
    assertThat(err.toString()).contains("nowhere.yaml: there is no such file");
    Path file = write("vary: {capacity: [100, 200]}");
    assertThat(execute("sweep", file.toString(), "--resume", sweep(RANDOM).toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("leave FILE out");
    write("vary: {capacity: [100, 200]}");
    assertThat(execute("sweep", file.toString(), "--capacity", "50")).isEqualTo(2);
    assertThat(err.toString()).contains("capacity is what is varied here");
    assertThat(execute("sweep", file.toString(), "--conditions", "none")).isEqualTo(2);
    assertThat(err.toString()).contains("list them in base");
  }

  private void refused(String text, String... words) throws IOException {
    err.getBuffer().setLength(0);
    Path there = folder.resolve("refused");
    assertThat(execute("sweep", write(text).toString(), "--out", there.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(words);
    assertThat(there).doesNotExist();
  }

  @Test
  void namesAreInert_andOptionsGoOverTheFile() throws IOException {
    Path file =
        write("base: {conditions: [none], seeds: 3}\nvary: {options.x: [<script>, \u00e9]}");
    Path run = folder.resolve("run");
    assertThat(execute("sweep", file.toString(), "--seeds", "1", "--out", run.toString()))
        .as(err.toString())
        .isZero();

    assertThat(rows(run)).hasSize(2);
    assertThat(rows(run).get(0)).startsWith("none", "<script>");
    assertThat(Files.readString(run.resolve("report.html")).split("<script>", -1))
        .as("its own alone")
        .hasSize(2);
  }

  @Test
  void theExampleHasSixtyConfigurations() throws IOException {
    SweepPlan plan = SweepFile.read(Files.readString(Path.of("../examples/sweep.yaml")));
    assertThat(plan.conditions(List.of(Condition.parse("none"))))
        .hasSize(20)
        .doesNotHaveDuplicates();
    assertThat(plan.base().get("conditions").split(",", -1)).hasSize(3);
    assertThat(SweepFile.read(plan.toString())).as("the same in one line").isEqualTo(plan);
  }

  private Path sweep(String file) throws IOException {
    out.getBuffer().setLength(0);
    Path run = Files.createTempDirectory(folder, "run");
    assertThat(execute("sweep", write(file).toString(), "--out", run.toString()))
        .as(err.toString())
        .isZero();
    return run;
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("sweep.yaml"), text);
  }

  private static List<List<String>> rows(Path run) throws IOException {
    List<List<String>> rows = Csv.rows(Files.readString(run.resolve("sweep.csv")));
    return rows.subList(1, rows.size());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** The hotter, the better in validation, and the worse in the test. */
  private static TrialResult train(
      Condition condition, long seed, ExperimentConfig config, Split data, TrialListener listener) {
    double accuracy = config.reading().temperature() / 2 + 0.001 * seed;
    List<Measurement> measurements = new ArrayList<>();
    for (String split : List.of(Measurement.VALIDATION, Measurement.TEST)) {
      measurements.add(
          new Measurement(
              condition.name(),
              seed,
              config.training().steps(),
              split,
              split.equals(Measurement.TEST) ? 1 - accuracy : accuracy,
              1));
    }
    measurements.forEach(listener::measured);
    return new TrialResult(condition, seed, measurements, Optional.empty(), 0, 1)
        .with(new Found.Ages(List.of()));
  }

  private int execute(String... arguments) {
    return Calls.execute(Calls.fakes(() -> SweepTest::train), out, err, arguments);
  }
}
