package io.nnem.experiments.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.Calls;
import io.nnem.experiments.run.Bars;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was killed, at whatever byte of its journal, ends as one that was not. */
class ResumeTest {
  private static final long SEED = 20170112;
  private static final int CUTS = 6;

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "figure --conditions none,exact-reinstatement/code --set pretrain-steps=20"
            + " --set options.code-size=4",
        "audit --conditions none,exact-reinstatement/decoded --draws 2 --at 0,30",
        "capacity --conditions none,exact-reinstatement/stored --capacities 20,40:1",
        "decoders --training-images 20,all",
        "sweep FILE"
      })
  void whateverWasKilledEndsAsIfItHadNotBeen(String call) throws IOException {
    String command = call.split(" ", 2)[0];
    Path whole = folder.resolve("whole");
    assertThat(run(call, "--seeds", "2", "--out", whole.toString())).as(err.toString()).isZero();
    byte[] journal = Files.readAllBytes(whole.resolve("trials.jsonl"));
    int header = new String(journal, StandardCharsets.UTF_8).indexOf('\n') + 1;
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CUTS; i++) {
      int cut = header + (i == 0 ? 0 : random.nextInt(journal.length - header + 1));
      Path killed = folder.resolve("killed-" + i);
      Files.createDirectory(killed);
      for (String file : List.of("config.yaml", "provenance.json", "metrics.csv")) {
        Files.copy(whole.resolve(file), killed.resolve(file));
      }
      Files.write(killed.resolve("trials.jsonl"), Arrays.copyOf(journal, cut));

      assertThat(execute(command, "--resume", killed.toString()))
          .as("cut at byte %d, seed %d: %s", cut, SEED, err)
          .isZero();

      Map<String, String> files = files(killed);
      files.remove("provenance-1.json");
      assertThat(files).as("cut at byte %d, seed %d", cut, SEED).isEqualTo(files(whole));
      assertThat(execute(command, "--resume", killed.toString())).as("nothing is left").isZero();
    }
  }

  @Test
  void onlyWhatIsMissingIsRunAgain() throws IOException {
    Path run = figure();
    List<String> lines = Files.readAllLines(run.resolve("trials.jsonl"));
    assertThat(lines).hasSize(1 + 4);
    String kept = lines.get(2).replaceFirst("\"accuracy\":[0-9.]+", "\"accuracy\":0.4321");
    Files.write(run.resolve("trials.jsonl"), List.of(lines.get(0), lines.get(1), kept));
    err.getBuffer().setLength(0);
    assertThat(execute("figure", "--resume", run.toString())).isZero();
    assertThat(err.toString()).contains("(2 of 2 trials)");
    assertThat(Files.readString(run.resolve("metrics.csv"))).contains(",0.4321,");
    assertThat(Files.readAllLines(run.resolve("trials.jsonl"))).hasSize(1 + 4).contains(kept);
  }

  @Test
  void whatIsNotTheSameRunIsRefused_andStaysAsItIs() throws IOException {
    Path run = figure();
    Path journal = run.resolve("trials.jsonl");
    String text = Files.readString(journal);
    refused(run, "audit", "it is of nnem figure; that goes on with it");
    refused(run, "figure --steps 50", "steps is 60 there, but 50 here; leave that option out");
    assertThat(run("figure --quick", "--resume", run.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("leave --quick out");

    Files.writeString(journal, text + text.lines().skip(1).findFirst().orElseThrow() + "\n");
    refused(run, "figure", "line 6 of trials.jsonl in it is of ");
    Files.writeString(journal, text.replaceFirst("\"seed\":2", "\"seed\":\"two\""));
    refused(run, "figure", "of trials.jsonl in it cannot be read");
    Files.writeString(journal, text.replaceFirst("\"backend\":\"", "\"backend\":\"another "));
    refused(run, "figure", "which may round otherwise; begin a new folder");
    Files.writeString(journal, text);
    String config = Files.readString(run.resolve("config.yaml"));
    Files.writeString(run.resolve("config.yaml"), config.replace("steps: 60", "steps: 70"));
    refused(run, "figure", "config.yaml was changed since the run began");
    Files.writeString(run.resolve("config.yaml"), config);
    try (FileChannel other = FileChannel.open(journal, StandardOpenOption.WRITE)) {
      assertThat(other.tryLock()).isNotNull();
      refused(run, "figure", "another nnem is writing to it");
    }
    Files.delete(journal);
    refused(run, "figure", "there is no trials.jsonl in it");
    assertThat(execute("figure", "--resume", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("there is no such folder");
  }

  private void refused(Path run, String call, String words) throws IOException {
    Map<String, String> before = files(run);
    err.getBuffer().setLength(0);
    assertThat(run(call, "--resume", run.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--resume " + run + ": ").contains(words);
    assertThat(files(run)).isEqualTo(before);
  }

  private Path figure() {
    Path run = folder.resolve("run");
    assertThat(run("figure --conditions none,backprop", "--seeds", "2", "--out", run.toString()))
        .as(err.toString())
        .isZero();
    return run;
  }

  /** Every file but what says when it was, and without the times of steps. */
  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".csv") || name.equals("config.yaml")) {
          files.put(name, withoutTimes(Files.readAllLines(file)));
        } else if (!name.equals("trials.jsonl")) {
          files.put(name, "");
        }
      }
    }
    return files;
  }

  private static String withoutTimes(List<String> lines) {
    int column = lines.isEmpty() ? -1 : List.of(lines.get(0).split(",")).indexOf("step_ms");
    return lines.stream()
        .map(line -> new ArrayList<>(List.of(line.split(",", -1))))
        .map(
            cells -> {
              if (column >= 0) {
                cells.remove(column);
              }
              return String.join(",", cells);
            })
        .collect(Collectors.joining("\n"));
  }

  private int run(String call, String... more) {
    List<String> arguments = new ArrayList<>(List.of(call.split(" ")));
    arguments.replaceAll(each -> each.equals("FILE") ? sweep().toString() : each);
    if (!List.of(more).contains("--resume")) {
      Bars.settings().stream()
          .filter(setting -> !call.startsWith("capacity") || !setting.startsWith("capacity="))
          .forEach(setting -> arguments.addAll(List.of("--set", setting)));
    }
    arguments.addAll(List.of(more));
    return execute(arguments.toArray(String[]::new));
  }

  /** Two rounds, of which the second depends on the first. */
  private Path sweep() {
    String text =
        """
        base: {conditions: [none, exact-reinstatement/stored]}
        vary: {temperature: {from: 0.05, to: 0.5}, optimiser: [adam, sgd]}
        method: halving
        samples: 3
        floor: 10
        """;
    try {
      return Files.writeString(folder.resolve("sweep.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int execute(String... arguments) {
    return Calls.execute(Calls.SMALL, new StringWriter(), err, arguments);
  }
}
