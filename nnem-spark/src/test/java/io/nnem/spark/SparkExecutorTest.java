package io.nnem.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.Nnem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Two executors are programs of their own here; what they find is what threads find. */
class SparkExecutorTest {
  private static final String CLUSTER = "local-cluster[2,1,1024]";

  /** What has no times in it. */
  private static final List<String> FILES =
      List.of("metrics.csv", "comparisons.csv", "staleness.csv");

  private static final int TRIALS = 24;

  @TempDir private static Path folder;

  @BeforeAll
  static void threads() throws IOException {
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    assertThat(figure("threads")).isZero();
  }

  private static int figure(String out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "figure",
                "--seeds=4",
                "--steps=20",
                "--capacity=48",
                "--set=warmup-steps=5",
                "--set=evaluate-every=10",
                "--set=evaluation-images=200",
                "--out=" + folder.resolve(out)));
    arguments.addAll(List.of(more));
    StringWriter err = new StringWriter();
    CommandLine nnem = Nnem.commandLine(binder -> {}, arguments.toArray(String[]::new));
    nnem.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(new StringWriter()));
    int code = nnem.execute(arguments.toArray(String[]::new));
    assertThat(code).as(err.toString()).isZero();
    return code;
  }

  private static void requireSameAsThreads(String out) throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve(out).resolve("trials.jsonl"))) {
      assertThat(lines).hasSize(1 + TRIALS);
    }
    for (String file : FILES) {
      assertThat(folder.resolve(out).resolve(file))
          .hasSameTextualContentAs(folder.resolve("threads").resolve(file));
    }
  }

  @Test
  void twoExecutorsFindWhatThreadsFind() throws IOException {
    figure("spark", "--executor=spark", "--master=" + CLUSTER);
    requireSameAsThreads("spark");
  }

  @Test
  void anExecutorThatDiesLosesOnlyWhatItWasRunning() throws Exception {
    CompletableFuture<ProcessHandle> killed =
        CompletableFuture.supplyAsync(
            () -> {
              while (finished("killed") < 4) {
                pause();
              }
              ProcessHandle one = executor();
              one.destroyForcibly();
              return one;
            });
    figure("killed", "--executor=spark", "--master=" + CLUSTER);
    assertThat(killed.get().isAlive()).isFalse();
    requireSameAsThreads("killed");
  }

  private static long finished(String out) {
    try (Stream<String> lines = Files.lines(folder.resolve(out).resolve("trials.jsonl"))) {
      return lines.count() - 1;
    } catch (IOException e) {
      return 0; // not there yet
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The only programs that are begun here. */
  private static ProcessHandle executor() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElseThrow();
  }
}
