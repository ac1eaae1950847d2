package io.nnem.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigKeyTest {
  private record Outer(int seeds, First first, Second second) {}

  private record First(int hiddenUnits, double rate) {}

  private record Second(String name, List<Integer> hiddenUnits) {}

  private record Unlike(First first, int steps) {}

  @Test
  void theKeysAreFlatWhereverTheirComponentsAre() {
    assertThat(ConfigKey.all(Unlike.class))
        .containsOnlyKeys("steps", "hidden-units", "rate")
        .extractingByKey("rate")
        .isEqualTo(new ConfigKey("rate", JsonPointer.compile("/first/rate"), ConfigKey.Type.REAL));
  }

  @Test
  void twoComponentsOfOneNameAreRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> ConfigKey.all(Outer.class))
        .withMessage(
            "/first/hidden-units and /second/hidden-units would be one key; rename one of them");
  }

  @Test
  void theOrderThatConfigYamlHasStays() {
    assertThat(ConfigKey.ALL.keySet())
        .containsExactly(
            "conditions",
            "seeds",
            "steps",
            "warmup-steps",
            "capacity",
            "batch",
            "backend",
            "data",
            "label",
            "header",
            "missing",
            "evaluate-every",
            "evaluation-images",
            "jobs",
            "embedder",
            "embedder-hidden",
            "embedding-size",
            "embedder-learning-rate",
            "decoder",
            "decoder-hidden",
            "decoder-learning-rate",
            "decoder-loss",
            "reconstruction-trains-embedder",
            "decoder-learning",
            "distillation-steps",
            "pretrain-steps",
            "pretrain-batch",
            "pretrain-learning-rate",
            "pretrained-parts",
            "pretrain-objective",
            "store",
            "eviction",
            "recall",
            "freshening",
            "freshening-on-reading",
            "normalisation",
            "temperature",
            "query-gradient",
            "optimiser",
            "clip-norm",
            "options");
  }
}
