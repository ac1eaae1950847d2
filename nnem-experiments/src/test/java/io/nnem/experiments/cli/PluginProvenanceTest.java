package io.nnem.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nnem.experiments.Calls;
import io.nnem.experiments.plugins.PluginJars;
import io.nnem.experiments.run.FakeRunner;
import io.nnem.experiments.run.TrialRunner;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run can be told from one that was made with another jar. */
class PluginProvenanceTest {
  @TempDir private Path folder;
  private int runs;

  @Test
  void eachJarInUseIsNamedWithItsChecksum() throws IOException, NoSuchAlgorithmException {
    Path mine = jar("mine", "");
    Path others = jar("others", "");
    Path library = library();
    Path run = run("none,mine", mine, others, library);

    JsonNode plugins = provenance(run).get("plugins");
    assertThat(plugins).hasSize(2); // not the one that is there and not used
    assertThat(plugins.get(0)).hasToString(entry(library, "library.jar", ""));
    assertThat(plugins.get(1)).hasToString(entry(mine, "mine.jar", "\"credit assigner mine\""));
    assertThat(Files.readString(run.resolve("report.html")))
        .contains(">plugins 2, jar<", ">mine.jar<", ">" + sha256(mine) + "<", "assigner mine<");
  }

  @Test
  void anotherJarOfTheSameNameIsToldApart() throws IOException {
    String first = checksum(run("mine", jar("mine", "")));
    String again = checksum(run("mine", jar("mine", "")));
    String other = checksum(run("mine", jar("mine", "static int version = 2;")));
    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void aFolderOfClassesHasAChecksumOfAllItsFiles() throws IOException {
    Path classes = new PluginJars(folder).classes("Mine", PluginJars.provider("Mine", "mine", ""));
    String first = checksum(run("mine", classes));
    assertThat(checksum(run("mine", classes))).isEqualTo(first).hasSize(64);
    Path note = Files.writeString(classes.resolve("plug/note.txt"), "one");
    String second = checksum(run("mine", classes));
    Files.move(note, classes.resolve("plug/other.txt"));
    assertThat(List.of(first, second, checksum(run("mine", classes)))).doesNotHaveDuplicates();
  }

  @Test
  void whatComesWithNnemIsNotNamed() throws IOException {
    Path run = run("none", jar("mine", ""), library());
    assertThat(provenance(run).get("plugins")).isEmpty();
    assertThat(Files.readString(run.resolve("report.html"))).doesNotContain(">plugins");
  }

  private String checksum(Path run) throws IOException {
    return provenance(run).get("plugins").get(0).get("sha256").asText();
  }

  private static JsonNode provenance(Path run) throws IOException {
    return JsonMapper.builder().build().readTree(run.resolve("provenance.json").toFile());
  }

  private static String entry(Path jar, String name, String used)
      throws IOException, NoSuchAlgorithmException {
    return "{\"jar\":\"" + name + "\",\"sha256\":\"" + sha256(jar) + "\",\"used\":[" + used + "]}";
  }

  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  private Path jar(String name, String more) throws IOException {
    String className = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    Path classes =
        new PluginJars(folder).classes(className, PluginJars.provider(className, name, more));
    return PluginJars.pack(folder.resolve(name + ".jar"), classes);
  }

  private Path library() throws IOException {
    Path files = Files.createDirectories(folder.resolve("library"));
    Files.writeString(files.resolve("numbers.txt"), "1 2 3");
    return PluginJars.pack(folder.resolve("library.jar"), files);
  }

  private Path run(String conditions, Path... plugins) {
    Path run = folder.resolve("run" + ++runs);
    String path = String.join(File.pathSeparator, Stream.of(plugins).map(Path::toString).toList());
    String[] call = {
      "figure",
      "--plugin-path",
      path,
      "--conditions",
      conditions,
      "--steps",
      "20",
      "--seeds",
      "1",
      "--set",
      "evaluate-every=10",
      "--set",
      "evaluation-images=40",
      "--backend",
      "reference",
      "--out",
      run.toString()
    };
    StringWriter err = new StringWriter();
    int code =
        Calls.execute(
            Calls.with(Calls.SMALL, TrialRunner.class, new FakeRunner()),
            new StringWriter(),
            err,
            call);
    assertThat(code).as("%s", err).isZero();
    return run;
  }
}
