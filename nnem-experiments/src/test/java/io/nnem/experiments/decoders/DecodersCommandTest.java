package io.nnem.experiments.decoders;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.Calls;
import io.nnem.experiments.run.Bars;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodersCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void leavesEveryFileAndSaysWhatCameOut() throws IOException {
    Path run = folder.resolve("run");
    assertThat(decoders("--training-images", "20,all", "--seeds", "2", "--out", run.toString()))
        .as(err.toString())
        .isZero();
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "config.yaml",
              "provenance.json",
              "metrics.csv",
              "decoders.csv",
              "calibration.csv",
              "decoders.svg",
              "decoders.png",
              "trials.jsonl",
              "report.html");
    }
    List<String> lines = Files.readAllLines(run.resolve("decoders.csv"));
    assertThat(lines)
        .hasSize(1 + 2 * 2 * 2 * 3 * 4) // decoders, sizes, seeds, splits, looks
        .startsWith("decoder,training_images,seed,step,split,loss,squared_error,elbo");
    assertThat(lines.get(1)).matches("autoencoder,20,1,0,test,[0-9.]+,0\\.[0-9]+,");
    assertThat(lines.get(13 + 12)).matches("variational-autoencoder,20,1,0,test,.+,-[0-9.]+");
    assertThat(Files.readString(run.resolve("calibration.csv")).lines())
        .hasSize(1 + 2 * 2 * 2 * 10) // sizes, seeds, splits, bins
        .allSatisfy(line -> assertThat(line).doesNotStartWith("autoencoder"))
        .first()
        .isEqualTo(
            "decoder,training_images,seed,split,bin,images,uncertainty,squared_error,"
                + "rank_correlation");
    assertThat(Files.readString(run.resolve("config.yaml")))
        .startsWith(
            "# nnem decoders --config config.yaml --decoders autoencoder,variational-autoencoder"
                + " --training-images 20,all\n");
    assertThat(out.toString().lines()).hasSize(4 + 2 + 1).last().isEqualTo("Results are in " + run);
    assertThat(out.toString())
        .contains("autoencoder/20 ", "variational-autoencoder/all: rank correlation of");
    assertThat(err.toString()).contains("autoencoder/20 seed 1 done (", "(8 of 8 trials)");
    assertThat(Files.readString(run.resolve("report.html")))
        .contains(
            "<svg ",
            "Is it wrong where it is uncertain?",
            "Mean squared error",
            "mean and range of 2 seeds");
    assertThat(Files.readString(run.resolve("decoders.svg")))
        .contains(">variational-autoencoder/20<", ">Loss on validation images, in nats<");
  }

  @Test
  void theResolvedConfigurationGivesTheSameWhateverTheJobs() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    assertThat(decoders("--training-images", "20", "--seeds", "2", "--out", first.toString()))
        .isZero();
    String config = first.resolve("config.yaml").toString();
    assertThat(
            execute(
                "decoders",
                "--config",
                config,
                "--training-images",
                "20",
                "--set",
                "jobs=1",
                "--out",
                second.toString()))
        .isZero();
    for (String same : List.of("decoders.csv", "calibration.csv", "decoders.svg", "decoders.png")) {
      assertThat(second.resolve(same)).hasSameBinaryContentAs(first.resolve(same));
    }
  }

  @Test
  void wrongCallsDoNothing() {
    Path run = folder.resolve("run");
    assertThat(decoders("--decoders", "autoencodr", "--out", run.toString())).isEqualTo(2);
    assertThat(decoders("--training-images", "0,many", "--out", run.toString())).isEqualTo(2);
    assertThat(decoders("--training-images", "301", "--out", run.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "nnem decoders: --decoders: There is no decoder called 'autoencodr'.",
            "nnem decoders: --training-images 0,many: it must be numbers from 1 on, or all, with"
                + " commas between them",
            "nnem decoders: --training-images: 301 are asked for, but there are 300 training"
                + " images; write all for all of them");
    assertThat(run).doesNotExist();
  }

  @Test
  void aDivergenceIsAResult() throws IOException {
    Path run = folder.resolve("run");
    assertThat(
            decoders(
                "--decoders",
                "autoencoder",
                "--training-images",
                "20",
                "--set",
                "optimiser=sgd",
                "--set",
                "pretrain-learning-rate=1e30",
                "--out",
                run.toString()))
        .isZero();
    assertThat(err.toString()).contains("diverged at step ");
    assertThat(Files.readString(run.resolve("report.html"))).contains("is shown up to there.");
  }

  private int decoders(String... more) {
    List<String> call = new ArrayList<>(List.of("decoders"));
    Bars.settings().forEach(setting -> call.addAll(List.of("--set", setting)));
    call.addAll(List.of("--set", "seeds=1", "--set", "pretrain-batch=10"));
    call.addAll(List.of(more));
    return execute(call.toArray(String[]::new));
  }

  private int execute(String... arguments) {
    return Calls.execute(Calls.SMALL, out, err, arguments);
  }
}
