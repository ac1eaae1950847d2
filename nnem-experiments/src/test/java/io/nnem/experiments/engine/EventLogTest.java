package io.nnem.experiments.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nnem.experiments.Calls;
import io.nnem.experiments.run.Bars;
import io.nnem.report.run.EventFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that TensorBoard reads; EventFileTest reads such with TensorFlow's own classes. */
class EventLogTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);
  private static final String FILE = "/events.out.tfevents.nnem";

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  private Path run(String name, String... more) {
    List<String> call = new ArrayList<>(List.of("figure", "--out", folder + "/" + name));
    call.addAll(List.of("--seeds", "2", "--conditions", "none,none+temperature=0.05"));
    Bars.settings().forEach(setting -> call.addAll(List.of("--set", setting)));
    call.addAll(List.of(more));
    execute(call);
    return folder.resolve(name);
  }

  private void execute(List<String> call) {
    String[] arguments = call.toArray(String[]::new);
    int code =
        Calls.execute(
            Calls.with(Calls.SMALL, Clock.class, CLOCK), new StringWriter(), err, arguments);
    assertThat(code).as(err.toString()).isZero();
  }

  /** Names and bytes. */
  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            folder.relativize(file).toString().replace('\\', '/'),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  @Test
  void eachTrialHasAFile_withItsMeasurements() throws IOException {
    Path run = run("run", "--tensorboard");
    Map<String, String> files = files(run.resolve("tensorboard"));
    assertThat(files)
        .containsOnlyKeys(
            "none/seed-1" + FILE,
            "none/seed-2" + FILE,
            "none+temperature=0.05/seed-1" + FILE,
            "none+temperature=0.05/seed-2" + FILE);
    JsonNode trial = null;
    for (String line : Files.readAllLines(run.resolve("trials.jsonl"))) {
      if (line.startsWith("{\"condition\":\"none\",\"seed\":2")) {
        trial = new ObjectMapper().readTree(line);
      }
    }
    try (EventFile expected = EventFile.create(folder.resolve("expected"), CLOCK.instant())) {
      for (JsonNode row : trial.get("measurements")) {
        String split = row.get("split").asText();
        expected.add(
            CLOCK.instant(),
            row.get("step").asInt(),
            Map.of(
                "accuracy/" + split, row.get("accuracy").asDouble(),
                "loss/" + split, row.get("loss").asDouble()));
      }
    }
    assertThat(files.get("none/seed-2" + FILE))
        .startsWith(files(folder.resolve("expected")).get(FILE.substring(1)))
        .contains("freshness/cosine");
  }

  @Test
  void whoGoesOn_endsWithTheSameFiles() throws IOException {
    Map<String, String> whole = files(run("whole", "--tensorboard").resolve("tensorboard"));
    Path killed = run("killed");
    assertThat(killed.resolve("tensorboard")).doesNotExist();
    Path journal = killed.resolve("trials.jsonl");
    Files.write(journal, Files.readAllLines(journal).subList(0, 3)); // of four trials, two
    Path torn = killed.resolve("tensorboard/none/seed-2" + FILE);
    Files.createDirectories(torn.getParent());
    Files.write(torn, new byte[100_000]);

    execute(List.of("figure", "--resume", killed.toString()));

    assertThat(files(killed.resolve("tensorboard"))).isEqualTo(whole);
  }

  @Test
  void everyConditionHasAFolderOfItsOwn() {
    assertThat(EventLog.folderName("exact-reinstatement/code+embedder-hidden=256:8"))
        .isEqualTo("exact-reinstatement_code+embedder-hidden=256%3A8");
    assertThat(EventLog.folderName("../a_b/\\*?<\"\n \u00e9"))
        .isEqualTo(".._a%5Fb_%5C%2A%3F%3C%22%0A%20%C3%A9");
    assertThat(EventLog.folderName("x".repeat(300) + "1"))
        .hasSizeLessThan(220)
        .isNotEqualTo(EventLog.folderName("x".repeat(300) + "2"));
  }
}
