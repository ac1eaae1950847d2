package io.nnem.experiments.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.Calls;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int stream(String... arguments) {
    List<String> all = new ArrayList<>(List.of("stream"));
    all.addAll(List.of(arguments));
    return Calls.execute(Calls.SMALL, out, err, all.toArray(String[]::new));
  }

  private List<String[]> rows(String file) throws IOException {
    return Files.readAllLines(folder.resolve("run").resolve(file)).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  @Test
  void asksFirstAndLearnsAfterwards() throws IOException {
    assertThat(
            stream(
                "--streams",
                "sea,rbf",
                "--learners",
                "memory+capacity=100,neighbours,majority,no-change",
                "--instances",
                "400",
                "--window",
                "100",
                "--seeds",
                "2",
                "--out",
                folder.resolve("run").toString()))
        .as(err.toString())
        .isZero();
    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "config.yaml",
              "provenance.json",
              "metrics.csv",
              "stream.csv",
              "stream-summary.csv",
              "stream-sea.svg",
              "stream-sea.png",
              "stream-rbf.svg",
              "stream-rbf.png",
              "trials.jsonl",
              "report.html");
    }
    assertThat(Files.readAllLines(folder.resolve("run/stream.csv")))
        .hasSize(1 + 2 * 4 * 2 * 40) // streams, learners, seeds, looks
        .first()
        .isEqualTo("stream,learner,seed,instances,accuracy,kappa,kappa_temporal,seconds,bytes");
    for (String[] row : rows("stream-summary.csv")) {
      double accuracy = Double.parseDouble(row[4]);
      double kappa = Double.parseDouble(row[5]);
      switch (row[1]) {
        case "majority" -> assertThat(kappa).isBetween(-.1, .1);
        case "no-change" -> assertThat(Double.parseDouble(row[6])).isBetween(-.01, .01);
        default -> {
          assertThat(accuracy).as("%s on %s", row[1], row[0]).isGreaterThan(.55);
          assertThat(Long.parseLong(row[8])).isGreaterThan(1000);
        }
      }
    }
    assertThat(Files.readString(folder.resolve("run/report.html")))
        .contains("Kappa-temporal", "memory+capacity=100", "Stream rbf");
    assertThat(out.toString()).contains("sea", "no-change", "Results are in ");
  }

  /** Nothing is known of any label before the first is: all is guessed, and majority says 0. */
  @Test
  void aLabelComesAsLateAsItIsSaid() throws IOException {
    assertThat(
            stream(
                "--streams",
                "led",
                "--learners",
                "no-change,neighbours",
                "--instances",
                "200",
                "--delay",
                "200",
                "--seeds",
                "1",
                "--out",
                folder.resolve("run").toString()))
        .as(err.toString())
        .isZero();
    List<String[]> rows = rows("stream-summary.csv");
    assertThat(rows.get(0)[4]).isEqualTo(rows.get(1)[4]);
    assertThat(rows.get(1)[8]).isEqualTo("0");
    assertThat(Files.readString(folder.resolve("run/report.html"))).contains("labels 200 later");
  }

  @Test
  void whatCannotLearnIsRefused() {
    assertThat(
            stream(
                "--learners",
                "memory+seeds=3,nonsense,majority+capacity=3,memory+eviction=nonsense,"
                    + "memory+options.nonsense=3,memory+eviction=least-certain",
                "--out",
                folder.resolve("run").toString()))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--learners: memory+seeds=3: seeds is no setting of a learner; these are: batch,",
            "--learners: nonsense: ",
            "--learners: majority+capacity=3: majority has no settings",
            "--learners: memory+eviction=nonsense: ",
            "--learners: memory+options.nonsense=3: ",
            "--learners: memory+eviction=least-certain: ")
        .containsOnlyOnce("least-certain: This");
    assertThat(stream("--streams", "sea,river")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--streams sea,river: it must be names with commas between them, of sea, ");
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
