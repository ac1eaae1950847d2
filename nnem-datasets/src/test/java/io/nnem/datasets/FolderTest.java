package io.nnem.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderTest {
  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("digits"));
  }

  @Test
  void reads() {
    writeAll(13, 3);
    Split split = Datasets.folder(folder);
    assertThat(split.name()).isEqualTo("digits");
    assertThat(split.training())
        .hasToString("digits/training: 11 observations of 2 x 1 in 5 classes");
    assertThat(split.validation())
        .hasToString("digits/validation: 2 observations of 2 x 1 in 5 classes");
    assertThat(split.test()).hasToString("digits/test: 3 observations of 2 x 1 in 5 classes");
    float[] out = new float[2];
    split.validation().copyObservations(new int[] {1}, 0, 1, out);
    assertThat(out).containsExactly(24 / 255f, 25 / 255f);
    assertThat(split.validation().label(1)).isEqualTo(12 % 5);
    split.test().copyObservations(new int[] {2}, 0, 1, out);
    assertThat(out).containsExactly(4 / 255f, 5 / 255f);
  }

  @Test
  void countsClassesOverTrainingAndTest() {
    write(TRAIN_IMAGES, 2, TRAIN_LABELS, 0, 3);
    write(TEST_IMAGES, 2, TEST_LABELS, 1, 2);
    assertThat(Datasets.folder(folder).test().classes()).isEqualTo(4);
    write(TEST_IMAGES, 2, TEST_LABELS, 255, 2);
    assertThat(Datasets.folder(folder).training().classes()).isEqualTo(256);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "5, 1", "6, 1", "11, 1", "12, 2", "17, 2", "18, 3"})
  void keepsTheLastSixthForValidation(int images, int validation) {
    writeAll(images, 1);
    Split split = Datasets.folder(folder);
    assertThat(split.validation().size()).isEqualTo(validation);
    assertThat(split.training().size()).isEqualTo(images - validation);
  }

  @ParameterizedTest
  @CsvSource({
    "train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
        + " t10k-labels-idx1-ubyte",
    "train-images.idx3-ubyte, train-labels.idx1-ubyte, t10k-images.idx3-ubyte,"
        + " t10k-labels.idx1-ubyte",
    "train-images-idx3-ubyte.gz, train-labels.idx1-ubyte.gz, test-images.idx3-ubyte.gz,"
        + " test-labels-idx1-ubyte.gz",
    "train-images.idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images.idx3-ubyte.gz,"
        + " t10k-labels-idx1-ubyte.gz",
    "train-images-idx3-ubyte, train-labels-idx1-ubyte.gz, test-images-idx3-ubyte,"
        + " test-labels.idx1-ubyte",
    "emnist-letters-train-images-idx3-ubyte.gz, emnist-letters-train-labels-idx1-ubyte.gz,"
        + " emnist-letters-test-images-idx3-ubyte.gz, emnist-letters-test-labels-idx1-ubyte.gz",
    "qmnist-train-images-idx3-ubyte.gz, qmnist-train-labels-idx2-int.gz,"
        + " qmnist-test-images-idx3-ubyte, qmnist-test-labels-idx2-int",
    "TRAIN-IMAGES-IDX3-UBYTE.GZ, Train-Labels.idx1-ubyte, T10K-images-idx3-ubyte.Gz,"
        + " TEST-LABELS-IDX1-UBYTE"
  })
  void acceptsNames(String trainImages, String trainLabels, String testImages, String testLabels) {
    write(trainImages, 12, trainLabels, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1);
    write(testImages, 3, testLabels, 0, 1, 2);
    Split split = Datasets.folder(folder);
    assertThat(split.training().size()).isEqualTo(10);
    assertThat(split.test().size()).isEqualTo(3);
  }

  @Test
  void prefersThePlainFileToItsGz() throws IOException {
    writeAll(13, 3);
    Files.write(folder.resolve(TRAIN_IMAGES + ".gz"), new byte[] {1});
    assertThat(Datasets.folder(folder).training().size()).isEqualTo(11);
  }

  @Test
  void refusesSeveralCandidates() {
    writeAll(13, 3);
    write("test-images.idx3-ubyte.gz", 3, "unused", 0, 1, 2);
    assertRefused(
        folder
            + ": expected one file of test images, found t10k-images-idx3-ubyte and"
            + " test-images.idx3-ubyte.gz. Keep one and move the others away.");
  }

  @Test
  void readsFloats_andRefusesLabelsBelowZero() throws IOException {
    writeAll(13, 3);
    for (String images : new String[] {TRAIN_IMAGES, TEST_IMAGES}) {
      ByteBuffer floats = ByteBuffer.allocate(16 + 13 * 8).putInt(0xd03);
      int count = images.equals(TRAIN_IMAGES) ? 13 : 3;
      floats.putInt(count).putInt(2).putInt(1);
      for (int i = 0; i < 2 * count; i++) {
        floats.putFloat(i - 5.5f);
      }
      Files.write(folder.resolve(images), Arrays.copyOf(floats.array(), floats.position()));
    }
    float[] out = new float[2];
    Datasets.folder(folder).test().copyObservations(new int[] {1}, 0, 1, out);
    assertThat(out).containsExactly(-3.5f, -2.5f);
    Path labels = folder.resolve(TEST_LABELS);
    Files.write(labels, new byte[] {0, 0, 9, 1, 0, 0, 0, 3, 1, -2, 0});
    assertRefused(labels + ": label 1 (counted from 0) is -2, but must be from 0 to 65535.");
  }

  @Test
  void refusesAMissingFolder() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> Datasets.folder(missing))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "%s: there is no such folder. Give the folder that holds the IDX files.", missing);
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Datasets.folder(file))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "%s: expected a folder, found a file. Give the folder that holds the IDX files.", file);
  }

  @Test
  void saysWhatAnEmptyFolderLacks() {
    assertRefused(
        folder
            + ": found no training images. Expected a file named train-images-idx3-ubyte or"
            + " train-images.idx3-ubyte, or one of these with .gz; the folder holds nothing.");
  }

  @Test
  void saysWhichFileIsMissingAndWhatIsThere() throws IOException {
    writeAll(13, 3);
    Files.delete(folder.resolve(TEST_LABELS));
    Files.createDirectory(folder.resolve("test-labels-idx1-ubyte"));
    assertRefused(
        folder
            + ": found no test labels. Expected a file named t10k-labels-idx1-ubyte or"
            + " t10k-labels.idx1-ubyte or test-labels-idx1-ubyte or test-labels.idx1-ubyte,"
            + " or one of these with .gz; the folder holds t10k-images-idx3-ubyte,"
            + " test-labels-idx1-ubyte/, train-images-idx3-ubyte, train-labels-idx1-ubyte.");
  }

  @Test
  void showsOnlySomeOfManyFiles() throws IOException {
    for (int i = 10; i < 22; i++) {
      Files.createFile(folder.resolve("f" + i));
    }
    assertThatThrownBy(() -> Datasets.folder(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageEndingWith(
            "the folder holds f10, f11, f12, f13, f14, f15, f16, f17, f18, f19 and 2 more.");
  }

  @Test
  void looksForAllFilesBeforeReadingAny() throws IOException {
    writeAll(13, 3);
    Files.write(folder.resolve(TRAIN_IMAGES), new byte[] {1});
    Files.delete(folder.resolve(TEST_LABELS));
    assertThatThrownBy(() -> Datasets.folder(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith(folder + ": found no test labels.");
  }

  @Test
  void namesTheDamagedFile() throws IOException {
    writeAll(13, 3);
    Path damaged = folder.resolve(TEST_LABELS);
    Files.write(damaged, new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 1});
    assertRefused(
        damaged + ": expected 11 bytes, found 9. The file was cut short: fetch or write it again.");
  }

  @Test
  void refusesOtherNumbersOfLabels() {
    writeAll(13, 3);
    write(TEST_IMAGES, 4, "unused", 0, 1, 2);
    assertRefused(
        String.format(
                Locale.ROOT,
                "%s holds 4 images, but %s holds 3 labels. ",
                folder.resolve(TEST_IMAGES),
                folder.resolve(TEST_LABELS))
            + "Each image needs one label: are both files of the same data set?");
    write(TRAIN_IMAGES, 12, "unused", 0, 1, 2);
    assertRefused(
        String.format(
                Locale.ROOT,
                "%s holds 12 images, but %s holds 13 labels. ",
                folder.resolve(TRAIN_IMAGES),
                folder.resolve(TRAIN_LABELS))
            + "Each image needs one label: are both files of the same data set?");
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 2", "1, 1"})
  void refusesOtherImageSizes(int rows, int columns) {
    writeAll(13, 3);
    IdxWriter.writeImages(folder.resolve(TEST_IMAGES), rows, columns, new byte[3 * rows * columns]);
    assertRefused(
        String.format(
                Locale.ROOT,
                "%s has images of 2 x 1, but %s has images of %d x %d. ",
                folder.resolve(TRAIN_IMAGES),
                folder.resolve(TEST_IMAGES),
                rows,
                columns)
            + "Training and test images must have the same size.");
  }

  @Test
  void refusesASingleTrainingImage() {
    writeAll(1, 3);
    assertRefused(
        folder.resolve(TRAIN_IMAGES)
            + ": expected at least 2 images, one to train on and one to validate on, found 1.");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> Datasets.folder(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessage(message);
  }

  private void writeAll(int training, int test) {
    write(TRAIN_IMAGES, training, TRAIN_LABELS, cycle(training));
    write(TEST_IMAGES, test, TEST_LABELS, cycle(test));
  }

  /** Writes images of 2 x 1 with the pixels 0, 1, 2 and so on. */
  private void write(String images, int count, String labelFile, int... labels) {
    byte[] pixels = new byte[2 * count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    IdxWriter.writeImages(folder.resolve(images), 2, 1, pixels);
    IdxWriter.writeLabels(folder.resolve(labelFile), bytes);
  }

  private static int[] cycle(int count) {
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 5;
    }
    return labels;
  }
}
