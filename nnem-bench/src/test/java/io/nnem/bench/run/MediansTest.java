package io.nnem.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {

  @Test
  void isTheMiddleOfAnOddNumber() {
    assertThat(Medians.of(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
  }

  @Test
  void isTheMeanOfTheMiddleTwoOfAnEvenNumber() {
    assertThat(Medians.of(List.of(100.0, 1.0, 2.0, 4.0))).isEqualTo(3);
  }

  @Test
  void thereIsNoneOfNothing() {
    assertThatThrownBy(() -> Medians.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no median of no numbers.");
  }
}
