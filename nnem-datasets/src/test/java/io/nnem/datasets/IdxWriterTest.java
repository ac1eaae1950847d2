package io.nnem.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxWriterTest {
  @TempDir Path folder;

  @Test
  void writesTheFormat() throws IOException {
    Path images = folder.resolve("images");
    IdxWriter.writeImages(images, 2, 1, new byte[] {1, 2, -1, 4});
    assertThat(Files.readAllBytes(images))
        .containsExactly(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 1, 2, 255, 4);
    Path labels = folder.resolve("labels");
    IdxWriter.writeLabels(labels, new byte[] {7, 8, 9});
    assertThat(Files.readAllBytes(labels)).containsExactly(0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9);
  }

  @Test
  void compressesWhatIsNamedGz() throws IOException {
    Path labels = folder.resolve("labels.gz");
    IdxWriter.writeLabels(labels, new byte[] {7, 8, 9});
    assertThat(Files.readAllBytes(labels)).startsWith(0x1f, 0x8b);
    assertThat(IdxReader.readLabels(labels).bytes()).containsExactly(7, 8, 9);
  }

  @Test
  void replacesAFile() {
    Path labels = folder.resolve("labels");
    IdxWriter.writeLabels(labels, new byte[100]);
    IdxWriter.writeLabels(labels, new byte[] {7});
    assertThat(IdxReader.readLabels(labels).bytes()).containsExactly(7);
  }

  @ParameterizedTest
  @CsvSource({"0, 2, 3", "5, 2, 3", "6, 0, 3", "6, 2, -3", "6, 65536, 65536"})
  void refusesPixelsThatAreNotImages(int pixels, int rows, int columns) {
    Path file = folder.resolve("images");
    assertThatThrownBy(() -> IdxWriter.writeImages(file, rows, columns, new byte[pixels]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("%d pixels are not one or more images of %d x %d.", pixels, rows, columns);
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesNoLabels() {
    assertThatThrownBy(() -> IdxWriter.writeLabels(folder.resolve("labels"), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There are no labels to write: give at least one.");
  }

  @Test
  void saysWhenItCannotWrite() {
    Path file = folder.resolve("missing").resolve("labels");
    assertThatThrownBy(() -> IdxWriter.writeLabels(file, new byte[1]))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "%s: cannot be written (java.nio.file.NoSuchFileException: %s). "
                + "Check the folder and that you may write there.",
            file, file);
  }
}
