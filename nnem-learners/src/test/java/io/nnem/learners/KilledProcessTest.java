package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another process writes as fast as it can, and is killed. As many times as the system property
 * {@code nnem.kills} says.
 */
class KilledProcessTest {

  private static final int TIMES = Integer.getInteger("nnem.kills", 3);
  private static final Durability OFTEN =
      Durability.every(Duration.ofMillis(2)).checkpointAfter(Duration.ofMillis(3));

  @TempDir Path folder;

  @Test
  void losesNothingThatWasAcknowledged() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    Workload<?> work = Workload.of(2); // the same in every life: calls go on
    long acknowledged = 0;
    for (int i = 0; i < TIMES; i++) {
      acknowledged = kill(acknowledged, 1 + random.nextInt(150));
      requireAll(work, acknowledged);
    }
  }

  /** Lets a process go on until it has acknowledged so many more calls, at least. */
  private long kill(long from, int calls) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcessTest.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long acknowledged = from;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged = Long.parseLong(line);
        if (acknowledged == from + calls / 2) {
          requireRefused(process);
        }
        if (acknowledged >= from + calls && process.isAlive()) {
          process.toHandle().destroyForcibly(); // kill -9; what it has said still comes
        }
      }
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as("killed").isEqualTo(128 + 9);
    return acknowledged;
  }

  private void requireRefused(Process process) {
    assertThatThrownBy(() -> Workload.of(2).open(folder, OFTEN))
        .hasMessageContaining("in use by process " + process.pid());
  }

  private <N extends AutoCloseable> void requireAll(Workload<N> work, long acknowledged)
      throws Exception {
    DurableNetwork.Report report = DurableNetwork.verify(folder);
    assertThat(report.problems()).isEmpty();
    assertThat(report.calls()).isBetween(acknowledged, acknowledged + 1);
    try (DurableNetwork<N> durable = work.open(folder, Durability.readOnly())) {
      List<byte[]> states = work.states((int) durable.calls());
      assertThat(work.state(durable.network())).isEqualTo(states.get((int) durable.calls()));
    }
  }

  /** The other process: the folder. */
  public static void main(String[] arguments) throws IOException {
    write(Workload.of(2), Path.of(arguments[0]));
  }

  private static <N extends AutoCloseable> void write(Workload<N> work, Path folder)
      throws IOException {
    try (DurableNetwork<N> durable = work.open(folder, OFTEN)) {
      while (true) {
        long number = durable.calls() + 1;
        work.call(durable.network(), number);
        System.out.println(number);
        System.out.flush();
      }
    }
  }
}
