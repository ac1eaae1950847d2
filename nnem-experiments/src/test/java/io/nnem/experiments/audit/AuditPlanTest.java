package io.nnem.experiments.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.run.Bars;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditPlanTest {
  private static final Condition TRAIN = Condition.parse("none");

  @Test
  void whatHasNoMemoryIsNotAudited() {
    assertThatThrownBy(
            () -> AuditPlan.of(Bars.config(), Condition.parse("classifier"), List.of(), 1))
        .hasMessage("classifier has no memory, and so no credit to audit; leave it out");
  }

  @Test
  void stepsAreSortedAndNamedOnce() {
    assertThat(AuditPlan.of(Bars.config(), TRAIN, List.of(30, 0, 7, 30), 2).at())
        .containsExactly(0, 7, 30);
  }

  @Test
  void withoutStepsThereAreFourEvenlySpaced() {
    assertThat(AuditPlan.of(Bars.config(), TRAIN, List.of(), 2).at())
        .containsExactly(0, 20, 40, 60);
    assertThat(AuditPlan.of(Bars.config(), TRAIN.with("warmup-steps", "0"), List.of(), 2).at())
        .as("the trained condition's own")
        .doesNotContain(0);
    assertThat(AuditPlan.of(Bars.config("warmup-steps=0"), TRAIN, List.of(), 2).at())
        .containsExactly(20, 40, 60);
  }

  @Test
  void everythingThatIsWrongIsSaid() {
    assertThatThrownBy(
            () -> AuditPlan.of(Bars.config("warmup-steps=0"), TRAIN, List.of(0, 61, -1), 1))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "--at: without warmup-steps the memory is empty at 0; begin at 1",
                "--at: 61 must be from 0 to steps, 60",
                "--at: -1 must be from 0 to steps, 60"));
  }
}
