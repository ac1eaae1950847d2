package io.nnem.experiments.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.Preset;
import io.nnem.experiments.run.Trial;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityPlanTest {
  private final List<String> problems = new ArrayList<>();

  @Test
  void smallCapacitiesStartFirstAndSeedBySeed() {
    CapacityPlan plan = CapacityPlan.parse("2000:1, 500", problems);

    assertThat(problems).isEmpty();
    assertThat(plan).hasToString("500,2000:1");
    assertThat(plan.trials(config("none,none+batch=8")))
        .extracting(Trial::toString)
        .containsExactly(
            "none+capacity=500, seed 1",
            "none+batch=8+capacity=500, seed 1",
            "none+capacity=500, seed 2",
            "none+batch=8+capacity=500, seed 2",
            "none+capacity=2000, seed 1",
            "none+batch=8+capacity=2000, seed 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0", "abc", "", "-1", "1.5", "05", "500:0", "500:", "500:x", ":2", "500:2:3", "1e3"
      })
  void anythingElseIsNoCapacity(String item) {
    CapacityPlan.parse("500," + item, problems);
    assertThat(problems)
        .containsExactly(
            "--capacities 500,"
                + item
                + ": \""
                + item
                + "\" is no capacity; write N or N:SEEDS, whole numbers from 1 on, as in"
                + " 500,2000,32000:2");
  }

  @Test
  void aCapacityIsNamedOnce() {
    CapacityPlan.parse("500,500:3", problems);
    assertThat(problems).containsExactly("--capacities 500,500:3: it names 500 twice");
  }

  @Test
  void conditionsDoNotSayHowLargeTheyAre() {
    assertThat(CapacityPlan.violations(config("none,none+capacity=40")))
        .containsExactly(
            new ConfigRule.Violation(
                "conditions",
                "conditions: none+capacity=40: capacity is what is varied here; leave it out, and"
                    + " name it in --capacities"));
  }

  @ParameterizedTest
  @EnumSource(names = {"CAPACITY", "CAPACITY_QUICK", "CAPACITY_FULL"})
  void presetsCanBeResolved(Preset preset) {
    CapacityPlan plan = CapacityPlan.parse(preset.capacities(), problems);
    ExperimentConfig config = new ConfigResolver(preset).resolve();

    assertThat(problems).isEmpty();
    assertThat(plan.trials(config)).doesNotHaveDuplicates();
    assertThat(config.reading().temperature()).isEqualTo(0.1);
    assertThat(config.training().warmupSteps()).isEqualTo(300);
  }

  private static ExperimentConfig config(String conditions) {
    return new ConfigResolver(Preset.CAPACITY)
        .set("conditions=" + conditions)
        .set("seeds=2")
        .resolve();
  }
}
