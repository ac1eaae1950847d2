package io.nnem.experiments.compare;

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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theSameConditionsAreHeldAgainstTheFirstFolder_bySeed() throws IOException {
    Path cold = run("cold", 3, "none,backprop", "temperature=0.2");
    Path warm = run("warm", 2, "none,backprop", "temperature=0.4", "batch=8");
    Path compared = compare(cold.toString(), warm.toString());

    assertThat(Csv.rows(Files.readString(compared.resolve("compare.csv"))))
        .containsExactly(
            List.of(
                "folder",
                "condition",
                "seeds",
                "accuracy_mean",
                "accuracy_low95",
                "accuracy_high95",
                "diverged",
                "against",
                "pairs",
                "difference_mean",
                "difference_low95",
                "difference_high95"),
            List.of("cold", "none", "3", "0.22", "0.195159", "0.244841", "0", "", "0", "", "", ""),
            List.of(
                "cold", "backprop", "3", "0.22", "0.195159", "0.244841", "0", "", "0", "", "", ""),
            List.of(
                "warm",
                "none",
                "2",
                "0.415",
                "0.351469",
                "0.478531",
                "0",
                "cold/none",
                "2",
                "0.2",
                "0.2",
                "0.2"),
            List.of(
                "warm",
                "backprop",
                "2",
                "0.415",
                "0.351469",
                "0.478531",
                "0",
                "cold/backprop",
                "2",
                "0.2",
                "0.2",
                "0.2"));
    assertThat(out.toString())
        .contains("0.200 +- 0.000  cold/none")
        .contains("The folders differ in seeds, batch, temperature");
    assertThat(names(compared))
        .containsExactlyInAnyOrder(
            "compare.csv",
            "report.html",
            "parallel.svg",
            "parallel.png",
            "scatter-1.svg",
            "scatter-1.png",
            "curves.svg",
            "curves.png");
    assertThat(Files.readString(compared.resolve("curves.svg")))
        .as("lines are named by what was varied")
        .contains(">none, batch=16, temperature=0.2<");
  }

  @Test
  void aConditionCanBeWhatAllAreHeldAgainst() throws IOException {
    Path one = run("one", 2, "none,none+temperature=0.5", "temperature=0.2");
    Path compared = compare(one.toString(), "--against", one + "/none");

    List<List<String>> rows = Csv.rows(Files.readString(compared.resolve("compare.csv")));
    assertThat(rows.get(1).get(7)).as("not against itself").isEmpty();
    assertThat(rows.get(2).subList(7, 10)).containsExactly("one/none", "2", "0.3");

    assertThat(execute("compare", one.toString(), "--against", "one/backprop")).isEqualTo(2);
    assertThat(err.toString())
        .contains("it must be FOLDER/CONDITION, one of one/none, one/none+temperature=0.5");
  }

  @Test
  void aRunThatDidNotEndIsComparedAsFarAsItWent() throws IOException {
    Path whole = run("whole", 3, "none,backprop", "temperature=0.2");
    Path part = folder.resolve("part");
    Files.createDirectory(part);
    Files.copy(whole.resolve("config.yaml"), part.resolve("config.yaml"));
    String journal = Files.readString(whole.resolve("trials.jsonl"));
    List<String> lines = journal.lines().toList();
    Files.writeString(
        part.resolve("trials.jsonl"),
        String.join("\n", lines.subList(0, 3)) + "\n" + lines.get(3).substring(0, 20));
    Path compared = compare(whole.toString(), part.toString());

    List<List<String>> rows = Csv.rows(Files.readString(compared.resolve("compare.csv")));
    assertThat(rows.subList(3, 5)).extracting(row -> row.get(2)).containsExactly("1", "1");
    assertThat(rows.get(3).subList(7, 10)).containsExactly("whole/none", "1", "0");
    assertThat(Files.readString(compared.resolve("curves.svg")))
        .as("nothing else tells them apart")
        .contains(">folder=part, none<");
  }

  @Test
  void whatIsNoRunIsRefused_andNothingIsWritten() throws IOException {
    Path good = run("good", 1, "none", "temperature=0.2");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path begun = Files.createDirectory(folder.resolve("begun"));
    Files.copy(good.resolve("config.yaml"), begun.resolve("config.yaml"));
    Files.writeString(
        begun.resolve("trials.jsonl"),
        Files.readString(good.resolve("trials.jsonl")).lines().findFirst().orElseThrow() + "\n");
    Path there = folder.resolve("there");
    assertThat(
            execute(
                "compare",
                good.toString(),
                empty.toString(),
                begun.toString(),
                good + "/",
                "nowhere",
                "--out",
                there.toString()))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains(empty + ": there is no trials.jsonl in it that can be read")
        .contains(begun + ": no trial ran to its end in it")
        .contains(good + ": it is named twice")
        .contains("nowhere: there is no such folder");
    assertThat(there).doesNotExist();

    assertThat(execute("compare", good.toString(), "--out", good.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("nothing is ever overwritten");
    assertThat(execute("compare")).isEqualTo(2);
  }

  @Test
  void namesAreInert() throws IOException {
    Path hostile = run("a\"<script>'\nb", 1, "none,none+options.x=<script>", "temperature=0.2");
    Path compared = compare(hostile.toString(), "--against", hostile + "/none");

    assertThat(Csv.rows(Files.readString(compared.resolve("compare.csv"))).get(2).subList(0, 2))
        .containsExactly("a\"<script>'\nb", "none+options.x=<script>");
    String html = Files.readString(compared.resolve("report.html"));
    assertThat(html.split("<script>", -1)).as("its own alone").hasSize(2);
    assertThat(html).contains("&lt;script&gt;");
    assertThat(out.toString().lines().filter(line -> line.startsWith("b"))).isEmpty();
  }

  /** Runs a figure whose accuracy is the temperature and a hundredth of the seed. */
  private Path run(String name, int seeds, String conditions, String... settings) {
    Path run = folder.resolve(name);
    List<String> call =
        new ArrayList<>(
            List.of(
                "figure",
                "--jobs",
                "1",
                "--conditions",
                conditions,
                "--seeds",
                String.valueOf(seeds)));
    for (String setting : settings) {
      call.addAll(List.of("--set", setting));
    }
    call.addAll(List.of("--out", run.toString()));
    assertThat(execute(call.toArray(String[]::new))).as(err.toString()).isZero();
    out.getBuffer().setLength(0);
    return run;
  }

  private Path compare(String... arguments) {
    Path compared = folder.resolve("compared");
    List<String> call = new ArrayList<>(List.of("compare", "--out", compared.toString()));
    call.addAll(List.of(arguments));
    assertThat(execute(call.toArray(String[]::new))).as(err.toString()).isZero();
    return compared;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static TrialResult train(
      Condition condition, long seed, ExperimentConfig config, Split data, TrialListener listener) {
    double accuracy = config.reading().temperature() + 0.01 * seed;
    Measurement measurement =
        new Measurement(
            condition.name(), seed, config.training().steps(), Measurement.VALIDATION, accuracy, 1);
    listener.measured(measurement);
    return new TrialResult(condition, seed, List.of(measurement), Optional.empty(), 0, 1)
        .with(new Found.Ages(List.of()));
  }

  private int execute(String... arguments) {
    return Calls.execute(Calls.fakes(() -> CompareCommandTest::train), out, err, arguments);
  }
}
