package io.nnem.experiments.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.run.Bars;
import org.junit.jupiter.api.Test;

class AuditPlanTest {
  private static final Condition TRAIN = Condition.parse("none");

  @Test
  void whatHasNoMemoryIsNotAudited() {
    assertThatThrownBy(() -> AuditPlan.of(Bars.config(), Condition.parse("classifier"), null, 1))
        .hasMessage("classifier has no memory, and so no credit to audit; leave it out");
  }

  @Test
  void stepsAreSortedAndNamedOnce() {
    assertThat(AuditPlan.of(Bars.config(), TRAIN, "30, 0,7,30", 2).at()).containsExactly(0, 7, 30);
  }

  @Test
  void withoutStepsThereAreFourEvenlySpaced() {
    assertThat(AuditPlan.of(Bars.config(), TRAIN, null, 2).at()).containsExactly(0, 20, 40, 60);
    assertThat(AuditPlan.of(Bars.config(), TRAIN.with("warmup-steps", "0"), null, 2).at())
        .as("the trained condition's own")
        .doesNotContain(0);
    assertThat(AuditPlan.of(Bars.config("warmup-steps=0"), TRAIN, null, 2).at())
        .containsExactly(20, 40, 60);
  }

  @Test
  void theOptionsRepeatThePlan() {
    assertThat(AuditPlan.of(Bars.config(), TRAIN, "0,60", 3).options())
        .containsExactly(entry("--train", "none"), entry("--at", "0,60"), entry("--draws", "3"));
  }

  @Test
  void everythingThatIsWrongIsSaid() {
    assertThatThrownBy(() -> AuditPlan.of(Bars.config("warmup-steps=0"), TRAIN, "0,x,61,-1", 0))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "--draws is 0; it must be at least 1",
                "--at 0,x,61,-1: without warmup-steps the memory is empty at 0; begin at 1",
                "--at 0,x,61,-1: \"x\" is no step; write whole numbers, as in 0,500,1500",
                "--at 0,x,61,-1: 61 must be from 0 to steps, 60",
                "--at 0,x,61,-1: -1 must be from 0 to steps, 60"));
  }
}
