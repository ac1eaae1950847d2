package io.nnem.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.core.Seeds;
import io.nnem.core.StateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a file is damaged, loading it says so, and names it. */
class DamagedFileTest {

  private Path path;

  @BeforeEach
  void path(@TempDir Path folder) {
    path = folder.resolve("damaged.safetensors");
  }

  @Test
  void everyBitOfASmallFileCounts() throws IOException {
    Sample small = new Sample(1, 2, 3, 0).draw(1);
    byte[] file = save(small);
    for (int bit = 0; bit < 8 * file.length; bit++) {
      requireBitCounts(file, bit, small);
    }
    assertThat(Files.readAllBytes(path)).isEqualTo(file); // no flip has remained
  }

  @Test
  void everyTruncationOfASmallFileIsNoticed() throws IOException {
    Sample small = new Sample(1, 2, 3, 0).draw(2);
    byte[] file = save(small);
    for (int length = 0; length < file.length; length++) {
      Files.write(path, Arrays.copyOf(file, length));
      requireRefused(small, "length " + length);
    }
  }

  @Test
  void aThousandBitsOfALargeFileCount() throws IOException {
    Sample large = new Sample(50, 60, 2_000, 2).draw(3);
    byte[] file = save(large);
    SplittableRandom random = Seeds.random(3, "bits");
    for (int i = 0; i < 1_000; i++) {
      requireBitCounts(file, random.nextInt(8 * file.length), large);
    }
  }

  @Test
  void aThousandOtherLengthsOfALargeFileAreNoticed() throws IOException {
    Sample large = new Sample(50, 60, 2_000, 2).draw(4);
    byte[] file = save(large);
    SplittableRandom random = Seeds.random(4, "lengths");
    for (int i = 0; i < 1_000; i++) {
      int length = i < 100 ? file.length + 1 + i * i : random.nextInt(file.length);
      Files.write(path, Arrays.copyOf(file, length));
      requireRefused(large, "length " + length);
    }
  }

  private byte[] save(Sample sample) throws IOException {
    StateFile.save(path, Map.of("built", "for a test"), sample);
    try (StateFile file = StateFile.open(path)) {
      file.load(sample.like(), false);
    }
    return Files.readAllBytes(path);
  }

  private void requireBitCounts(byte[] file, int bit, Sample saved) throws IOException {
    int place = bit / 8;
    writeByte(place, file[place] ^ (1 << (bit % 8)));
    requireRefused(saved, "bit " + bit);
    writeByte(place, file[place]);
  }

  private void writeByte(int place, int value) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) value}), place);
    }
  }

  private void requireRefused(Sample saved, String what) {
    Throwable thrown = null;
    try (StateFile file = StateFile.open(path)) {
      file.load(saved.like(), false);
    } catch (Throwable e) {
      thrown = e;
    }
    assertThat(thrown)
        .as(what)
        .isInstanceOf(StateException.class)
        .hasMessageStartingWith(path + ": ");
  }
}
