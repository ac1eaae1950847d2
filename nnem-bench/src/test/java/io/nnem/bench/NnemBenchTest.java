package io.nnem.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NnemBenchTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = NnemBench.commandLine();
    commandLine.setOut(new PrintWriter(out));
    commandLine.setErr(new PrintWriter(err));
    return commandLine.execute(arguments);
  }

  @Test
  void helpHasTheOptions() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("Usage: nnem bench", "--quick", "--threads", "--work", "--jmh", "--out");
  }

  @Test
  void moreThreadsThanCoresAreRefused() {
    assertThat(run("--threads", "100000")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "nnem bench: --threads: 100000 is not from 1 to "
                + Runtime.getRuntime().availableProcessors()
                + ", the cores of this machine\n");
  }

  @Test
  void aWorkThatThereIsNotIsRefused() {
    assertThat(run("--work", "fly")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "nnem bench: --work fly is in the name and shape of no work; they begin with step/,"
                + " read, query, write and memory, as in 'step/none N=512'\n");
  }

  @Test
  void aBadExpressionIsRefused() {
    assertThat(run("--work", "(")).isEqualTo(2);
    assertThat(err.toString()).startsWith("nnem bench: --work ( is not a regular expression:");
  }

  @Test
  void aBenchmarkThatThereIsNotIsRefusedWithThoseThereAre() {
    assertThat(run("--jmh", "Flying")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "nnem bench: --jmh Flying is in the name of no benchmark; there are"
                + " DenseLayerBenchmark.backward, DenseLayerBenchmark.forward,"
                + " ReadingBenchmark.run, TrainingStepBenchmark.run, WritingBenchmark.run\n");
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    Files.writeString(folder.resolve("mine.txt"), "mine");

    assertThat(run("--out", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("has files in it, and nothing is ever overwritten");
  }
}
