package io.nnem.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CodeRangesTest {
  private final CodeRanges ranges =
      new CodeRanges(new float[] {-2, 5, 0}, new float[] {3, 5, 1e-3f});

  @Test
  void aValueComesBackToHalfALevel() {
    for (int i = 0; i <= 1000; i++) {
      float value = -2 + i * 5 / 1000f;
      assertThat(ranges.value(0, ranges.level(0, value)))
          .isCloseTo(value, within(5 / 510f + 1e-6f));
    }
  }

  @Test
  void theEndsComeBackAsTheyWere_andWhatIsOutsideAsTheNearerEnd() {
    assertThat(ranges.level(0, -2)).isZero();
    assertThat(Byte.toUnsignedInt(ranges.level(0, 3))).isEqualTo(255);
    assertThat(ranges.value(0, ranges.level(0, -2))).isEqualTo(-2);
    assertThat(ranges.value(0, ranges.level(0, 3))).isEqualTo(3);
    assertThat(ranges.value(0, ranges.level(0, 1e9f))).isEqualTo(3);
    assertThat(ranges.value(0, ranges.level(0, Float.NEGATIVE_INFINITY))).isEqualTo(-2);
  }

  @Test
  void aDimensionThatNeverVariesHasOneLevel() {
    assertThat(ranges.value(1, ranges.level(1, 5))).isEqualTo(5);
    assertThat(ranges.value(1, ranges.level(1, 99))).isEqualTo(5);
  }

  @Test
  void everyLevelIsItsOwnNearest() {
    for (int level = 0; level < 256; level++) {
      assertThat(ranges.level(0, ranges.value(0, (byte) level))).isEqualTo((byte) level);
    }
  }

  @Test
  void rangesAreTheSmallestAndLargestOfEachDimension() {
    CodeRanges some = CodeRanges.of(new float[] {1, 2, -1, 7, 99, 99}, 2, 2);
    assertThat(some.low()).containsExactly(-1, 2);
    assertThat(some.high()).containsExactly(1, 7);
    CodeRanges more = some.including(new CodeRanges(new float[] {0, -5}, new float[] {4, 0}));
    assertThat(more.low()).containsExactly(-1, -5);
    assertThat(more.high()).containsExactly(4, 7);
    assertThat(some.high()).as("the ranges that were widened").containsExactly(1, 7);
  }

  @Test
  void rangesThatCannotBeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CodeRanges(new float[1], new float[2]))
        .withMessage(
            "A code's ranges need as many lower ends as upper ones, and one or more, but there are"
                + " 1 and 2.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CodeRanges(new float[] {0, 2}, new float[] {1, 1}))
        .withMessage(
            "The range of a code's dimension 1 must be finite and not empty, but it is from 2.0 to"
                + " 1.0.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CodeRanges.of(new float[] {1, 2, Float.NaN, 3}, 2, 2))
        .withMessageContaining("dimension 0 must be finite");
  }
}
