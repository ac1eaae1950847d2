package io.nnem.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.bench.work.Condition;
import io.nnem.bench.work.Shape;
import io.nnem.bench.work.StepWork;
import io.nnem.bench.work.Work;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static final Pattern ALL = Pattern.compile("");

  @Test
  void theWholePlanHasEachConditionAtEachShape() {
    List<Work> works = Plan.of(false, ALL, 2).works();

    for (Shape shape : List.of(Shape.SMALL, Shape.MIDDLE, Shape.LARGE)) {
      for (Condition condition : Condition.values()) {
        assertThat(works).contains(new StepWork(condition, shape));
      }
    }
    assertThat(works.stream().filter(work -> work.name().equals("read")).map(Work::shape))
        .containsExactly(
            "N=1000 B=1 D=64", "N=1000 B=32 D=64",
            "N=10000 B=1 D=64", "N=10000 B=32 D=64",
            "N=100000 B=1 D=64", "N=100000 B=32 D=64",
            "N=1000000 B=1 D=64", "N=1000000 B=32 D=64");
    assertThat(works.stream().filter(work -> work.name().equals("query")).map(Work::shape))
        .containsExactly("N=8000 B=1 784-256-64", "N=8000 B=4 784-256-64");
  }

  @Test
  void worksAreChosenByNameAndShape() {
    Plan plan = Plan.of(false, Pattern.compile("step/none N=4096"), 1);

    assertThat(plan.works()).containsExactly(new StepWork(Condition.NONE, Shape.MIDDLE));
    assertThat(Plan.of(false, Pattern.compile("nothing like it"), 1).works()).isEmpty();
  }

  @Test
  void fewerWorksTakeLessTimeAndNumbersOfThreadsShareWhatQuickHas() {
    assertThat(Plan.of(false, Pattern.compile("none"), 1).time())
        .isLessThan(Plan.of(false, ALL, 1).time());
    assertThat(Plan.of(true, ALL, 2).time()).isEqualTo(Plan.of(true, ALL, 1).time().dividedBy(2));
    assertThat(Plan.of(true, ALL, 1).time()).isLessThan(java.time.Duration.ofMinutes(2));
  }
}
