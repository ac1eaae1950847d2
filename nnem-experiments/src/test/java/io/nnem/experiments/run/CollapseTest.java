package io.nnem.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CollapseTest {

  @Test
  void guessingAfterHavingLearnedIsACollapse() {
    Collapse collapse = new Collapse(10);
    assertThat(collapse.check(0.1)).isEmpty();
    assertThat(collapse.check(0.62)).isEmpty();
    assertThat(collapse.check(0.16)).isEmpty();
    assertThat(collapse.check(0.15))
        .contains("the accuracy fell to 0.150, where guessing gives 0.100, after 0.620");
  }

  @Test
  void whoNeverLearnedCannotCollapse() {
    Collapse collapse = new Collapse(10);
    assertThat(collapse.check(0.29)).isEmpty();
    assertThat(collapse.check(0.1)).isEmpty();
  }

  @Test
  void withTwoClassesHavingLearnedIsHalfWayUp() {
    Collapse collapse = new Collapse(2);
    assertThat(collapse.check(0.74)).isEmpty();
    assertThat(collapse.check(0.5)).isEmpty();
    assertThat(collapse.check(0.75)).isEmpty();
    assertThat(collapse.check(0.57)).isEmpty();
    assertThat(collapse.check(0.56)).isPresent();
  }

  @Test
  void anAnswerThatIsNotANumberIsADivergence() {
    assertThat(new Collapse(10).check(Double.NaN))
        .contains("an answer of the memory is not finite");
  }
}
