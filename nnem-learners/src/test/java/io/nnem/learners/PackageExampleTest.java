package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the package's documentation: it is this one, and it works. */
class PackageExampleTest {

  // spotless:off
  @SuppressWarnings("SystemOut")
  private static void example(float[][] rows, String[] labels, float[] row, Path file) throws IOException {
    // the example begins
    try (MemoryClassifier classifier = MemoryClassifier.builder().build()) {
      classifier.partialFit(rows, labels);                 // float[][] and String[], again and again
      Prediction prediction = classifier.predict(row);     // from any number of threads
      System.out.println(prediction.label() + ", familiarity " + prediction.familiarity());
      prediction.evidence().forEach(System.out::println);  // the memories that say so
      classifier.save(file);
    }
    try (MemoryClassifier classifier = MemoryClassifier.load(file)) { // in another process
      System.out.println(classifier.score(rows, labels));
    }
    // the example ends
  }
  // spotless:on

  @Test
  void itIsTheDocumentedOne() throws IOException {
    String test =
        Files.readString(Path.of("src/test/java/io/nnem/learners/PackageExampleTest.java"));
    String code =
        test.substring(
            test.indexOf("// the example begins\n") + 22, test.indexOf("    // the example ends"));
    String documented =
        code.indent(-4).lines().map(line -> " * " + line + "\n").collect(Collectors.joining());
    assertThat(Files.readString(Path.of("src/main/java/io/nnem/learners/package-info.java")))
        .contains(" * <pre>{@code\n" + documented + " * }</pre>");
  }

  @Test
  void itRuns(@TempDir Path folder) throws IOException {
    Clouds clouds = new Clouds(200, 4, 1);
    Path file = folder.resolve("classifier");
    example(clouds.rows, clouds.names, clouds.rows[0], file);
    try (MemoryClassifier classifier = MemoryClassifier.load(file)) {
      assertThat(classifier.score(clouds.rows, clouds.names)).isGreaterThan(0.9);
    }
  }
}
