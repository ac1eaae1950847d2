package io.nnem.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
  /** Four images of 1 x 2: (0, 51), (102, 153), (204, 255), (1, 254), labelled 2, 0, 1, 2. */
  private final Dataset four =
      Datasets.of("four", 1, 2, 3, bytes(0, 51, 102, 153, 204, 255, 1, 254), bytes(2, 0, 1, 2));

  @Test
  void describesItself() {
    assertThat(four.name()).isEqualTo("four");
    assertThat(four.size()).isEqualTo(4);
    assertThat(four.rows()).isEqualTo(1);
    assertThat(four.columns()).isEqualTo(2);
    assertThat(four.observationSize()).isEqualTo(2);
    assertThat(four.classes()).isEqualTo(3);
    assertThat(four).hasToString("four: 4 observations of 1 x 2 in 3 classes");
    assertThat(new int[] {four.label(0), four.label(1), four.label(2), four.label(3)})
        .containsExactly(2, 0, 1, 2);
  }

  @Test
  void copiesChosenObservations() {
    float[] out = {9, 9, 9, 9, 9, 9, 9};
    four.copyObservations(new int[] {0, 2, 1, 2, 3}, 1, 3, out);
    assertThat(out).containsExactly(204 / 255f, 1f, 102 / 255f, 153 / 255f, 204 / 255f, 1f, 9f);
    four.copyObservations(new int[] {0}, 0, 1, out);
    assertThat(out).startsWith(0f, 51 / 255f, 102 / 255f);
  }

  @Test
  void copiesChosenLabels() {
    float[] out = {9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
    four.copyOneHot(new int[] {3, 2, 1, 3, 0}, 1, 3, out);
    assertThat(out).containsExactly(0, 1, 0, 1, 0, 0, 0, 0, 1, 9);
  }

  @Test
  void givesRowsToLearnFrom() {
    Dataset two = four.slice(1, 3);
    assertThat(two.observations())
        .isDeepEqualTo(new float[][] {{102 / 255f, 153 / 255f}, {204 / 255f, 1}});
    assertThat(two.labels()).containsExactly(0, 1);
  }

  @Test
  void copiesNothingWhenNothingIsWanted() {
    four.copyObservations(new int[] {99}, 1, 0, new float[0]);
    four.copyOneHot(new int[0], 0, 0, new float[0]);
  }

  @Test
  void holdsBytesAboveHalfAndLabelsUpTo255() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    Dataset bytes = Datasets.of("bytes", 1, 1, 256, all, all);
    float[] out = new float[256];
    int[] indices = new int[256];
    Arrays.setAll(indices, i -> i);
    bytes.copyObservations(indices, 0, 256, out);
    for (int i = 0; i < 256; i++) {
      assertThat(out[i]).isEqualTo(i / 255f);
      assertThat(bytes.label(i)).isEqualTo(i);
    }
    float[] oneHot = new float[256];
    bytes.copyOneHot(new int[] {255}, 0, 1, oneHot);
    assertThat(oneHot[255]).isEqualTo(1f);
  }

  @Test
  void keepsItsOwnCopy() {
    byte[] pixels = bytes(1, 2);
    byte[] labels = bytes(0, 1);
    Dataset dataset = Datasets.of("mine", 1, 1, 2, pixels, labels);
    pixels[0] = 99;
    labels[0] = 1;
    float[] out = new float[1];
    dataset.copyObservations(new int[] {0}, 0, 1, out);
    assertThat(out).containsExactly(1 / 255f);
    assertThat(dataset.label(0)).isZero();
  }

  @Test
  void slices() {
    Dataset slice = four.slice(1, 4).slice(1, 3);
    assertThat(slice.name()).isEqualTo("four[1, 4)[1, 3)");
    assertThat(slice.size()).isEqualTo(2);
    assertThat(slice.classes()).isEqualTo(3);
    assertThat(new int[] {slice.label(0), slice.label(1)}).containsExactly(1, 2);
    float[] out = new float[4];
    slice.copyObservations(new int[] {1, 0}, 0, 2, out);
    assertThat(out).containsExactly(1 / 255f, 254 / 255f, 204 / 255f, 1f);
    float[] oneHot = new float[6];
    slice.copyOneHot(new int[] {1, 0}, 0, 2, oneHot);
    assertThat(oneHot).containsExactly(0, 0, 1, 0, 1, 0);
    assertThatThrownBy(() -> slice.label(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Observation 2 is not in four[1, 4)[1, 3): use 0 to 1.");
    assertThatThrownBy(() -> four.slice(0, 2).slice(0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[0, 3) is no slice of four[0, 2): use 0 <= from < to <= 2.");
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "0, 5", "2, 2", "3, 2"})
  void refusesWrongSlices(int from, int to) {
    assertThatThrownBy(() -> four.slice(from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[%d, %d) is no slice of four: use 0 <= from < to <= 4.", from, to);
  }

  @Test
  void takesAnotherName() {
    Dataset named = four.slice(1, 3).named("two");
    assertThat(named.name()).isEqualTo("two");
    assertThat(named.checksum()).isEqualTo(four.slice(1, 3).checksum());
    assertThatThrownBy(() -> four.named(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A data set needs a name, but it is blank.");
  }

  @Test
  void sumsWhatItHolds() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(ByteBuffer.allocate(16).putInt(2).putInt(1).putInt(2).putInt(3).array());
    digest.update(bytes(102, 153, 204, 255));
    digest.update(bytes(0, 1));
    assertThat(four.slice(1, 3).checksum()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void sumsDifferForDifferentContent() {
    Dataset base = Datasets.of("a", 1, 2, 3, bytes(1, 2, 3, 4), bytes(0, 1));
    assertThat(Datasets.of("b", 1, 2, 3, bytes(1, 2, 3, 4), bytes(0, 1)).checksum())
        .isEqualTo(base.checksum());
    assertThat(
            new String[] {
              base.checksum(),
              Datasets.of("a", 2, 1, 3, bytes(1, 2, 3, 4), bytes(0, 1)).checksum(),
              Datasets.of("a", 1, 2, 4, bytes(1, 2, 3, 4), bytes(0, 1)).checksum(),
              Datasets.of("a", 1, 2, 3, bytes(1, 2, 3, 5), bytes(0, 1)).checksum(),
              Datasets.of("a", 1, 2, 3, bytes(1, 2, 3, 4), bytes(0, 2)).checksum(),
              base.slice(0, 1).checksum(),
              base.slice(1, 2).checksum()
            })
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void refusesWrongIndicesAndWritesNothing(int index) {
    String message = "Observation %d is not in four: use 0 to 3.";
    assertThatThrownBy(() -> four.label(index))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message, index);
    float[] out = {9, 9, 9, 9, 9, 9};
    assertThatThrownBy(() -> four.copyObservations(new int[] {0, index}, 0, 2, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message, index);
    assertThatThrownBy(() -> four.copyOneHot(new int[] {0, index}, 0, 2, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message, index);
    assertThat(out).containsOnly(9);
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, -1", "0, 4", "3, 1", "2, 2147483647"})
  void refusesRowsThatAreNotThere(int from, int count) {
    String message =
        String.format(
            Locale.ROOT,
            "%d indices from position %d on were asked for, but there are 3 in all.",
            count,
            from);
    assertThatThrownBy(() -> four.copyObservations(new int[3], from, count, new float[99]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> four.copyOneHot(new int[3], from, count, new float[99]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesTooLittleRoom() {
    assertThatThrownBy(() -> four.copyObservations(new int[3], 0, 3, new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 x 2 observations need 6 floats, but out holds 5.");
    assertThatThrownBy(() -> four.copyOneHot(new int[3], 0, 3, new float[8]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 x 3 one-hot labels need 9 floats, but out holds 8.");
  }

  @Test
  void refusesPartsThatDoNotFit() {
    assertRefused("A data set needs a name, but it is blank.", "", 1, 1, 2, bytes(0), bytes(0));
    assertRefused(
        "An observation needs at least one row and one column, but it is 0 x 1.",
        "x",
        0,
        1,
        2,
        bytes(0),
        bytes(0));
    assertRefused(
        "An observation needs at least one row and one column, but it is 1 x -1.",
        "x",
        1,
        -1,
        2,
        bytes(0),
        bytes(0));
    assertRefused("There must be 1 class or more, not 0.", "x", 1, 1, 0, bytes(0), bytes(0));
    assertRefused(
        "A data set needs at least one label, but there is none.", "x", 1, 1, 2, bytes(), bytes());
    assertRefused(
        "2 labels of 1 x 2 observations cannot go with 5 values; each needs 2.",
        "x",
        1,
        2,
        2,
        bytes(1, 2, 3, 4, 5),
        bytes(0, 0));
    assertRefused(
        "2 labels of 1 x 2 observations cannot go with 6 values; each needs 2.",
        "x",
        1,
        2,
        2,
        bytes(1, 2, 3, 4, 5, 6),
        bytes(0, 0));
    assertRefused(
        "1 labels of 65536 x 65536 observations cannot go with 0 values; each needs 4294967296.",
        "x",
        65536,
        65536,
        2,
        bytes(),
        bytes(0));
    assertRefused(
        "Label 200 of observation 1 is not from 0 to 199, as 200 classes have them.",
        "x",
        1,
        1,
        200,
        bytes(0, 0),
        bytes(199, 200));
  }

  @Test
  void holdsFloatsAsTheyAre_andAnyNumberOfClasses() {
    float[] values = {-1, 2.5f, 1e30f, 0};
    int[] labels = {0, 69_999};
    Dataset floats = Datasets.of("floats", 1, 2, 70_000, values, labels);
    values[0] = 9;
    labels[0] = 9;
    float[] out = new float[2];
    floats.slice(0, 1).copyObservations(new int[] {0}, 0, 1, out);
    assertThat(out).containsExactly(-1, 2.5f);
    assertThat(floats.label(0)).isZero();
    assertThat(floats.label(1)).isEqualTo(69_999);
    float[] more = {-1, 2.5f, 1e30f, Math.nextUp(0f)};
    assertThat(floats.checksum())
        .isEqualTo(
            Datasets.of(
                    "other", 1, 2, 70_000, new float[] {-1, 2.5f, 1e30f, 0}, new int[] {0, 69_999})
                .checksum())
        .isNotEqualTo(Datasets.of("other", 1, 2, 70_000, more, new int[] {0, 69_999}).checksum())
        .isNotEqualTo(
            Datasets.of(
                    "other", 1, 2, 70_000, new float[] {-1, 2.5f, 1e30f, 0}, new int[] {0, 69_743})
                .checksum());
    more[3] = Float.POSITIVE_INFINITY;
    assertThatThrownBy(() -> Datasets.of("x", 1, 2, 2, more, new int[] {0, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Observation 1 has Infinity at place 1 (counted from 0): values must be finite.");
    assertThatThrownBy(() -> Datasets.of("x", 1, 2, 2, new float[4], new int[] {0, -1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Label -1 of observation 1 is not from 0 to 1, as 2 classes have them.");
  }

  private static void assertRefused(
      String message,
      String name,
      int rows,
      int columns,
      int classes,
      byte[] pixels,
      byte[] labels) {
    assertThatThrownBy(() -> Datasets.of(name, rows, columns, classes, pixels, labels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
