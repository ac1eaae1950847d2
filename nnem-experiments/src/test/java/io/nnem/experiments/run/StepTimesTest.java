package io.nnem.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepTimesTest {
  private final StepTimes times = new StepTimes();

  private void add(int steps, double millis) {
    for (int i = 0; i < steps; i++) {
      times.add(Math.round(millis * 1e6));
    }
  }

  @Test
  void isNotANumberWithoutSteps() {
    assertThat(times.perStep()).isNaN();
  }

  @Test
  void isTheMeanOfAFewSteps() {
    add(2, 1);
    add(2, 3);
    assertThat(times.perStep()).isEqualTo(2);
  }

  @Test
  void goesByTheSecondHalfInWhichTheMemoryIsFull() {
    add(500, 1);
    add(500, 4);
    assertThat(times.perStep()).isEqualTo(4);
  }

  @Test
  void isNotMovedByOtherWorkThatRanForAWhile() {
    add(700, 2);
    add(100, 50);
    add(200, 2);
    assertThat(times.perStep()).isEqualTo(2);
  }

  @Test
  void countsWorkThatIsDoneAtEveryTenthStepOnly() {
    for (int i = 0; i < 100; i++) {
      add(9, 1);
      add(1, 11);
    }
    assertThat(times.perStep()).isEqualTo(2);
  }
}
