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

  @TempDir Path folder;

  @Test
  void theProgramInTheReadmeRuns_andAnotherProcessGivesTheSameBits() throws Exception {
    String program = program();
    String said = said(program);
    assertThat(said.lines()).hasSize(2);
    assertThat(said).startsWith("0.9").contains("\n7, because of Evidence[label=7, similarity=0.9");
    String again =
        program
            .replace("builder().build()", "load(Path.of(\"memory.safetensors\"))")
            .replaceAll(".*(partialFit|save)\\(.*\n", "");
    assertThat(said(again)).isEqualTo(said);
  }

  private String said(String program) throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve("First.java"), program);
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
    return said;
  }

  private static String program() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    int begin = readme.indexOf(FENCE) + FENCE.length();
    return readme.substring(begin, readme.indexOf("```", begin));
  }
}
