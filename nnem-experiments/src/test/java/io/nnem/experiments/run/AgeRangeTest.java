package io.nnem.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AgeRangeTest {
  @Test
  void growWithTheAgeUpToTheOldest() {
    assertThat(AgeRange.of(LongStream.rangeClosed(0, 33).toArray()))
        .extracting(AgeRange::toString)
        .containsExactly(
            "0",
            "1",
            "2",
            "3 to 4",
            "5 to 6",
            "7 to 9",
            "10 to 14",
            "15 to 19",
            "20 to 29",
            "30 to 33");
  }

  @Test
  void everyAgeIsInExactlyOneAndNoneIsEmpty() {
    long[] ages = {3, 3, 140, 14_999, 15_000, 2_000_000};
    List<AgeRange> ranges = AgeRange.of(ages);
    for (long age : ages) {
      assertThat(ranges.stream().filter(range -> range.contains(age))).hasSize(1);
    }
    assertThat(ranges)
        .extracting(AgeRange::toString)
        .containsExactly("3 to 4", "100 to 149", "10000 to 14999", "15000 to 19999", "2000000");
  }

  @Test
  void anEmptyRangeIsNone() {
    assertThatThrownBy(() -> new AgeRange(3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Ages 3 to 3 (exclusive) are not a range of ages.");
  }
}
