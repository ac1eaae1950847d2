package io.nnem.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorldsTest {

  private static float[] image(Dataset data, int index) {
    float[] image = new float[data.observationSize()];
    data.copyObservations(new int[] {index}, 0, 1, image);
    return image;
  }

  @ParameterizedTest
  @CsvSource({
    "mnist, 28, b9065f2cc1957a6d",
    "mnist-on-noise, 28, 0bc05141a770a078",
    "mnist-on-patches, 28, f1e0c174f8decdae",
    "shifted-mnist, 40, 2799cb8f444b4b8a"
  })
  void aNameAlwaysStandsForTheSameBytes(String name, int side, String sum) {
    Split world = Datasets.named(name);
    assertThat(world.name()).isEqualTo(name);
    assertThat(world.training().rows()).isEqualTo(side);
    assertThat(world.training().size()).isEqualTo(50_000);
    assertThat(world.test().size()).isEqualTo(10_000);
    assertThat(world.validation().checksum()).startsWith(sum);
    assertThat(world.test().label(17)).isEqualTo(Datasets.mnist().test().label(17));
  }

  @Test
  void noiseIsWhereTheDigitIsNot() {
    Dataset mnist = Datasets.mnist().validation();
    Dataset world = Datasets.named("mnist-on-noise").validation();
    double sum = 0;
    int black = 0;
    for (int index = 0; index < 100; index++) {
      float[] digit = image(mnist, index);
      float[] noisy = image(world, index);
      for (int i = 0; i < digit.length; i++) {
        if (digit[i] == 0) {
          sum += noisy[i];
          black++;
        } else {
          assertThat(noisy[i]).isEqualTo(digit[i]);
        }
      }
    }
    assertThat(sum / black).isBetween(.49, .51);
    assertThat(image(world, 0)).isNotEqualTo(image(world, 1));
  }

  @Test
  void patchesLieBehindTheDigit() {
    Dataset mnist = Datasets.mnist().validation();
    Dataset world = Datasets.named("mnist-on-patches").validation();
    int lit = 0;
    for (int index = 0; index < 100; index++) {
      float[] digit = image(mnist, index);
      float[] cluttered = image(world, index);
      for (int i = 0; i < digit.length; i++) {
        assertThat(cluttered[i]).isGreaterThanOrEqualTo(digit[i]);
        lit += cluttered[i] > digit[i] ? 1 : 0;
      }
    }
    assertThat(lit / 100).isBetween(30, 200);
  }

  @Test
  void aShiftedDigitIsWholeAndAnywhere() {
    Dataset mnist = Datasets.mnist().test();
    Dataset world = Datasets.named("shifted-mnist").test();
    int[] tops = new int[40];
    for (int index = 0; index < 500; index++) {
      float[] shifted = image(world, index);
      assertThat(ink(shifted)).isEqualTo(ink(image(mnist, index)));
      int first = 0;
      while (shifted[first] == 0) {
        first++;
      }
      tops[first / 40]++;
    }
    assertThat(Arrays.stream(tops).filter(count -> count > 0).count()).isGreaterThan(12);
  }

  private static double ink(float[] image) {
    double[] sorted = new double[image.length];
    Arrays.setAll(sorted, i -> image[i]);
    return Arrays.stream(sorted).filter(x -> x > 0).sorted().sum();
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> Datasets.named("mnist-on-mars"))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "There is no data set \"mnist-on-mars\"; there are mnist, mnist-on-noise,"
                + " mnist-on-patches, shifted-mnist.");
  }
}
