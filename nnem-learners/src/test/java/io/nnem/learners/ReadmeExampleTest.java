package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the README, as it stands there: java compiles and runs it. */
class ReadmeExampleTest {
  private static final String FENCE = "```java\n";

  @Test
  void theProgramInTheReadmeRuns(@TempDir Path folder) throws Exception {
    Path source = Files.writeString(folder.resolve("First.java"), program());
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                source.toString())
            .directory(folder.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(Files.readString(folder.resolve("errors"))).isZero();
    assertThat(said).startsWith("far, because of Evidence[label=far, similarity=");
    try (MemoryClassifier classifier =
        MemoryClassifier.load(folder.resolve("memory.safetensors"))) {
      assertThat(classifier.labels()).containsExactly("near", "far");
    }
  }

  private static String program() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    int begin = readme.indexOf(FENCE) + FENCE.length();
    return readme.substring(begin, readme.indexOf("```", begin));
  }
}
