package io.nnem.experiments.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nnem.core.Options;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.engine.Preset;
import io.nnem.experiments.run.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityPlanTest {
  @Test
  void smallCapacitiesStartFirstAndSeedBySeed() {
    CapacityPlan plan = CapacityPlan.parse("2000:1, 500");

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
        "0", "abc", "", "-1", "1.5", "05", "500:0", "500:", "500:x", ":2", "500:2:3", "1e3", "500:3"
      })
  void anythingElseIsNoCapacity(String item) {
    assertThatIllegalArgumentException().isThrownBy(() -> CapacityPlan.parse("500," + item));
  }

  @Test
  void conditionsDoNotSayHowLargeTheyAre() {
    assertThatThrownBy(() -> CapacityPlan.parse("40").trials(config("none,none+capacity=40")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "conditions: none+capacity=40: capacity is what is varied here; leave it out, and name"
                + " it in --capacities");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void presetsCanBeResolved(int which) {
    Preset preset = new CapacityExperiment().presets().get(which);
    CapacityPlan plan = new Options(preset.options()).get(CapacityExperiment.CAPACITIES);
    ExperimentConfig config = new ConfigResolver(preset.settings()).resolve();

    assertThat(plan.trials(config)).doesNotHaveDuplicates();
    assertThat(config.reading().temperature()).isEqualTo(0.1);
    assertThat(config.training().warmupSteps()).isEqualTo(300);
  }

  private static ExperimentConfig config(String conditions) {
    return new ConfigResolver("").set("conditions=" + conditions).set("seeds=2").resolve();
  }
}
