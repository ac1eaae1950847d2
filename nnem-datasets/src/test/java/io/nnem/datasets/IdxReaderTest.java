package io.nnem.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxReaderTest {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;

  @Test
  void readsImages() {
    IdxData data = images(file(6, IMAGES, 1, 2, 3));
    assertThat(data.source()).isEqualTo("x");
    assertThat(data.count()).isEqualTo(1);
    assertThat(data.shape()).containsExactly(1, 2, 3);
    assertThat(data.bytes()).containsExactly(1, 2, 3, 4, 5, 6);
    data.shape()[0] = 9;
    assertThat(data).hasToString("x [1, 2, 3]");
  }

  @Test
  void readsLabels() {
    IdxData data = labels(file(3, LABELS, 3));
    assertThat(data.count()).isEqualTo(3);
    assertThat(data.shape()).containsExactly(3);
    assertThat(data.bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void readsGzip() throws IOException {
    assertThat(images(gzip(file(6, IMAGES, 1, 2, 3))).bytes()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(labels(gzip(file(3, LABELS, 3))).bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void trustsContentAndNotNames(@TempDir Path folder) throws IOException {
    Path plain = Files.write(folder.resolve("plain.gz"), file(3, LABELS, 3));
    Path zipped = Files.write(folder.resolve("zipped"), gzip(file(3, LABELS, 3)));
    assertThat(IdxReader.readLabels(plain).bytes()).containsExactly(1, 2, 3);
    assertThat(IdxReader.readLabels(zipped).bytes()).containsExactly(1, 2, 3);
    assertThat(IdxReader.readLabels(plain).source()).isEqualTo(plain.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 15})
  void refusesTruncatedHeader(int length) throws IOException {
    byte[] cut = Arrays.copyOf(file(6, IMAGES, 1, 2, 3), length);
    String message =
        String.format(
                Locale.ROOT,
                "x: expected a header of 16 bytes, found only %d bytes in all. ",
                length)
            + "Fetch or write the file again.";
    assertFails(() -> images(cut), message);
    assertFails(() -> images(gzip(cut)), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7})
  void refusesTruncatedLabelHeader(int length) {
    byte[] cut = Arrays.copyOf(file(3, LABELS, 3), length);
    assertFails(
        () -> labels(cut),
        String.format(
                Locale.ROOT,
                "x: expected a header of 8 bytes, found only %d bytes in all. ",
                length)
            + "Fetch or write the file again.");
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 21})
  void refusesTruncatedBody(int length) throws IOException {
    byte[] cut = Arrays.copyOf(file(6, IMAGES, 1, 2, 3), length);
    String message =
        String.format(
            Locale.ROOT,
            "x: expected 22 bytes, found %d. The file was cut short: fetch or write it again.",
            length);
    assertFails(() -> images(cut), message);
    assertFails(() -> images(gzip(cut)), message);
  }

  @Test
  void refusesSurplus() throws IOException {
    String message =
        "x: expected 22 bytes, found more. "
            + "The header does not belong to the content: fetch or write the file again.";
    assertFails(() -> images(file(7, IMAGES, 1, 2, 3)), message);
    assertFails(() -> images(gzip(file(7, IMAGES, 1, 2, 3))), message);
    byte[] second = gzip(new byte[1]);
    byte[] first = gzip(file(6, IMAGES, 1, 2, 3));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    assertFails(() -> images(both), message);
  }

  @Test
  void refusesExchangedFiles() {
    assertFails(
        () -> images(file(30, LABELS, 30)),
        "x: expected the magic number 0x00000803 of images, found 0x00000801. "
            + "This looks like the label file in the image file's place: exchange the two.");
    assertFails(
        () -> labels(file(6, IMAGES, 1, 2, 3)),
        "x: expected the magic number 0x00000801 of labels, found 0x00000803. "
            + "This looks like the image file in the label file's place: exchange the two.");
  }

  @Test
  void refusesOtherKindsOfIdx() {
    for (int magic : new int[] {0x804, 0xd04, 0x901, 0xc01}) {
      assertFails(
          () -> images(file(6, magic, 1, 2, 3)),
          String.format(
                  Locale.ROOT,
                  "x: expected the magic number 0x00000803 of images, found 0x%08x. ",
                  magic)
              + "This is an IDX file of another kind: write it as unsigned bytes in 3 dimensions.");
    }
    for (int magic : new int[] {0x804, 0x903, 0xb03, 0xc03, 0xd03, 0xd01, 0xe01}) {
      assertFails(
          () -> labels(file(6, magic, 1, 2, 3)),
          String.format(
                  Locale.ROOT,
                  "x: expected the magic number 0x00000801 of labels, found 0x%08x. ",
                  magic)
              + "This is an IDX file of another kind: write it as unsigned bytes in 1 dimension.");
    }
  }

  @Test
  void readsNumbersOfEveryType() {
    IdxData signed =
        images(file(0x903, new int[] {1, 1, 2}, 1, b -> b.put((byte) -2).put((byte) 3)));
    assertThat(signed.floats()).containsExactly(-2, 3);
    assertThat(signed.isUnsignedBytes()).isFalse();
    assertThat(
            images(
                    file(
                        0xb03,
                        new int[] {1, 1, 2},
                        2,
                        b -> b.putShort((short) -300).putShort((short) 3)))
                .floats())
        .containsExactly(-300, 3);
    assertThat(images(file(0xc02, new int[] {1, 2}, 4, b -> b.putInt(-70_000).putInt(3))).floats())
        .containsExactly(-70_000, 3);
    assertThat(
            images(file(0xd02, new int[] {2, 1}, 4, b -> b.putFloat(.1f).putFloat(-1e30f)))
                .floats())
        .containsExactly(.1f, -1e30f);
    assertThat(
            images(file(0xe03, new int[] {2, 1, 1}, 8, b -> b.putDouble(.1).putDouble(5))).floats())
        .containsExactly(.1f, 5);
    assertThat(images(file(2, 0x803, 1, 1, 2)).floats()).containsExactly(1, 2);
    assertThat(images(file(2, 0x803, 1, 1, 2)).isUnsignedBytes()).isTrue();
    assertThat(labels(file(0xc01, new int[] {2}, 4, b -> b.putInt(700).putInt(3))).labels())
        .containsExactly(700, 3);
    assertThat(
            labels(
                    file(
                        0xc02,
                        new int[] {2, 3},
                        4,
                        b -> b.putInt(7).putInt(1).putInt(2).putInt(4).putInt(5).putInt(6)))
                .labels())
        .as("QMNIST's: the first of each row")
        .containsExactly(7, 4);
    byte[] cut = file(0xc01, new int[] {3}, 4, b -> b.putInt(700).putInt(3));
    assertFails(
        () -> labels(Arrays.copyOf(cut, 17)),
        "x: expected 20 bytes, found 17. The file was cut short: fetch or write it again.");
    assertFails(
        () -> images(file(0, 0xe03, 1 << 28, 1, 1)),
        "x: the header promises 268435456 images of 1 x 1, which is more than 2 GiB. "
            + "If the data set is so large, split it; if not, the header is damaged.");
  }

  private static byte[] file(int magic, int[] shape, int bytes, Consumer<ByteBuffer> numbers) {
    int size = Arrays.stream(shape).reduce(bytes, (a, b) -> a * b);
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * shape.length + size).putInt(magic);
    for (int extent : shape) {
      file.putInt(extent);
    }
    numbers.accept(file);
    return file.array();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0x03080000, 0x01000803, 0xa03, 0xf03, 0x703, 0x80000803, 0x89504e47})
  void refusesWhatIsNotIdx(int magic) {
    assertFails(
        () -> images(file(6, magic, 1, 2, 3)),
        String.format(
                Locale.ROOT,
                "x: expected the magic number 0x00000803 of images, found 0x%08x. ",
                magic)
            + "This is not an IDX file: put the right one in its place.");
  }

  @Test
  void refusesNothing() {
    assertFails(
        () -> labels(file(0, LABELS, 0)),
        "x: the header promises 0 labels, which is nothing at all. Write the file again.");
  }

  @ParameterizedTest
  @CsvSource({"0, 2, 3", "1, 0, 3", "1, 2, 0", "-1, -1, 0"})
  void refusesNoImages(int count, int rows, int columns) {
    assertFails(
        () -> images(file(0, IMAGES, count, rows, columns)),
        String.format(
                Locale.ROOT,
                "x: the header promises %s images of %s x %s, ",
                Integer.toUnsignedString(count),
                Integer.toUnsignedString(rows),
                columns)
            + "which is nothing at all. Write the file again.");
  }

  @ParameterizedTest
  @CsvSource({
    "2147483647, 1, 1",
    "1, 2147483640, 1",
    "1, 1, -1",
    "-1, -1, -1",
    "65536, 65536, 1",
    "65536, 65536, 65536",
    "1073741824, 2, 1",
    "-2147483648, 2, 1"
  })
  void refusesAbsurdSizesBeforeAllocating(int count, int rows, int columns) {
    assertFails(
        () -> images(file(0, IMAGES, count, rows, columns)),
        String.format(
                Locale.ROOT,
                "x: the header promises %s images of %s x %s, which is more than 2 GiB. ",
                Integer.toUnsignedString(count),
                Integer.toUnsignedString(rows),
                Integer.toUnsignedString(columns))
            + "If the data set is so large, split it; if not, the header is damaged.");
    assertFails(
        () -> labels(file(0, LABELS, -1)),
        "x: the header promises 4294967295 labels, which is more than 2 GiB. "
            + "If the data set is so large, split it; if not, the header is damaged.");
  }

  @Test
  void allocatesLittleForAnEmptyPromise() {
    // The largest promise that is not refused; the file then holds little of it.
    int[] most = new int[1];
    InputStream in =
        new ByteArrayInputStream(file(1 << 17, LABELS, Integer.MAX_VALUE - 8)) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            most[0] = Math.max(most[0], into.length);
            return super.read(into, from, length);
          }
        };
    assertFails(
        () -> IdxReader.readLabels(in, "x"),
        "x: expected 2147483647 bytes, found 131080. "
            + "The file was cut short: fetch or write it again.");
    assertThat(most[0]).isEqualTo(1 << 26);
  }

  @Test
  void readsMoreThanIsAllocatedAtOnce() {
    int size = (1 << 26) + 5;
    byte[] last = {6, 7, 8, 9, 10};
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(file(1 << 26, LABELS, size)), new ByteArrayInputStream(last));
    IdxData data = IdxReader.readLabels(in, "x");
    assertThat(data.bytes()).hasSize(size).startsWith(1, 2, 3).endsWith(last);
  }

  @Test
  void refusesDamagedGzip() throws IOException {
    byte[] whole = gzip(file(200, IMAGES, 10, 4, 5));
    byte[] wrongSum = whole.clone();
    wrongSum[whole.length - 8] ^= 1;
    assertThatThrownBy(() -> images(wrongSum))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "x: the gzip stream is damaged (Corrupt GZIP trailer). "
                + "Fetch or compress the file again.")
        .hasCauseInstanceOf(ZipException.class);
    byte[] wrongBlock = whole.clone();
    wrongBlock[10] |= 7; // a deflate block of the reserved type
    assertFails(
        () -> images(wrongBlock),
        "x: the gzip stream is damaged (invalid block type). Fetch or compress the file again.");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9, 10, 30, -1})
  void refusesTruncatedGzip(int length) throws IOException {
    byte[] whole = gzip(file(200, IMAGES, 10, 4, 5));
    byte[] cut = Arrays.copyOf(whole, length < 0 ? whole.length + length : length);
    assertFails(
        () -> images(cut),
        "x: the gzip stream is damaged (it ends too early). Fetch or compress the file again.");
  }

  @Test
  void refusesWhatCannotBeRead(@TempDir Path folder) {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> IdxReader.readImages(missing))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "%s: cannot be read (%s: %s). Check that it is a file and that you may read it.",
            missing, NoSuchFileException.class.getName(), missing)
        .hasCauseInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> IdxReader.readLabels(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith(folder + ": cannot be read (")
        .hasMessageEndingWith("). Check that it is a file and that you may read it.");
  }

  /** An IDX file of {@code size} values 1, 2, 3 and so on, whatever the header promises. */
  private static byte[] file(int size, int magic, int... shape) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * shape.length + size).putInt(magic);
    for (int extent : shape) {
      file.putInt(extent);
    }
    for (int i = 1; i <= size; i++) {
      file.put((byte) i);
    }
    return file.array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static IdxData images(byte[] file) {
    return IdxReader.readImages(new ByteArrayInputStream(file), "x");
  }

  private static IdxData labels(byte[] file) {
    return IdxReader.readLabels(new ByteArrayInputStream(file), "x");
  }

  private static void assertFails(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(DatasetException.class).hasMessage(message);
  }
}
