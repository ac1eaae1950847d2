package io.nnem.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransformationTest {
  /** The image 1 2 3 / 4 5 6, with another before and behind it. */
  @ParameterizedTest
  @CsvSource({
    "IDENTITY, 9 1 2 3 4 5 6 9",
    "MIRRORED, 9 3 2 1 6 5 4 9",
    "UPSIDE_DOWN, 9 4 5 6 1 2 3 9",
    "BOTH, 9 6 5 4 3 2 1 9"
  })
  void movesThePixelsOfOneImage(Transformation transformation, String expected) {
    float[] pixels = {9, 1, 2, 3, 4, 5, 6, 9};
    transformation.apply(pixels, 1, 2, 3);
    StringBuilder text = new StringBuilder();
    for (float pixel : pixels) {
      text.append(text.isEmpty() ? "" : " ").append((int) pixel);
    }
    assertThat(text.toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void twiceIsNothing(Transformation transformation) {
    float[] pixels = {1, 2, 3, 4, 5, 6};
    transformation.apply(pixels, 0, 3, 2);
    transformation.apply(pixels, 0, 3, 2);
    assertThat(pixels).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void thereAreFour() {
    assertThat(Transformation.values()).hasSize(4);
  }
}
