package io.nnem.learners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.datasets.Csv;
import io.nnem.datasets.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file as people have them to a classifier, a few rows at a time. */
class CsvStreamTest {

  private static final int ROWS = 900;

  @TempDir Path folder;

  /**
   * All at once: a BOM, CRLF, quotes, blanks, empty lines, missing values, nominal ones, a column
   * that never changes, one of 1e9 beside one of 1e-9, a label that comes late and one that stops.
   */
  private Path file() throws IOException {
    Clouds clouds = new Clouds(ROWS, 2, 5);
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text =
        new StringBuilder("\uFEFFlarge, small ,\"the \"\"kind\"\"\",same,soil\r\n");
    for (int i = 0; i < ROWS; i++) {
      boolean late = clouds.numbers[i] == 2 && i < 300;
      boolean stopped = clouds.numbers[i] == 0 && i >= 600;
      if (!late && !stopped) {
        text.append(
            String.format(
                Locale.ROOT,
                "%s,%.9e,\" %s, wet \",42 ,%s\r\n%s",
                random.nextInt(20) == 0
                    ? "?"
                    : String.format(Locale.ROOT, "%.0f", large(clouds, i)),
                1e-9 * clouds.rows[i][1],
                clouds.names[i],
                random.nextInt(20) == 0 ? "" : random.nextBoolean() ? "clay" : "sand",
                i % 100 == 0 ? " \r\n" : ""));
      }
    }
    return Files.writeString(folder.resolve("stream.csv"), text);
  }

  private static double large(Clouds clouds, int row) {
    return 3e9 + 1e9 * clouds.rows[row][0];
  }

  private static Csv csv(Path file) {
    return Csv.of(file).label("the \"kind\"").keepMissing();
  }

  @Test
  void aFileWithAllOfIt_isLearned() throws IOException {
    Path file = file();
    try (MemoryClassifier classifier =
        MemoryClassifier.builder()
            .backend("reference", 1)
            .embedder("mlp", 16)
            .imputeMissing()
            .build()) {
      csv(file).forEach(50, table -> classifier.partialFit(table.rows(), table.labels()));
      assertThat(classifier.labels())
          .containsExactlyInAnyOrder(" moss, wet ", " fern, wet ", " oak, wet ");
      Clouds fresh = new Clouds(300, 2, 6);
      int right = 0;
      for (int i = 0; i < 300; i++) {
        float[] row = {(float) large(fresh, i), 1e-9f * fresh.rows[i][1], 42, 0, 1};
        right += classifier.predict(row).label().strip().startsWith(fresh.names[i]) ? 1 : 0;
      }
      assertThat(right).isGreaterThan(270);
    }
  }

  @Test
  void aLineThatIsWrong_isNamed_andWhatStoodBeforeIsLearned() throws IOException {
    Path file = file();
    Files.writeString(file, Files.readString(file) + "1,2,oak\r\n");
    int lines = Files.readAllLines(file).size();
    try (MemoryClassifier classifier =
        MemoryClassifier.builder()
            .backend("reference", 1)
            .embedder("mlp", 4)
            .imputeMissing()
            .build()) {
      assertThatThrownBy(
              () ->
                  csv(file)
                      .forEach(10, table -> classifier.partialFit(table.rows(), table.labels())))
          .isInstanceOf(DatasetException.class)
          .hasMessage("%s, line %s: there are 3 fields, but the first line has 5.", file, lines);
      assertThat(classifier.learned()).isPositive().isEqualTo(csvRowsBefore(lines));
    }
  }

  /** Whole tables of 10 among the lines before, without the header and the empty ones. */
  private long csvRowsBefore(int lines) throws IOException {
    long rows =
        Files.readAllLines(folder.resolve("stream.csv")).stream()
                .limit(lines - 1L)
                .filter(line -> !line.isBlank())
                .count()
            - 1;
    return rows / 10 * 10;
  }
}
