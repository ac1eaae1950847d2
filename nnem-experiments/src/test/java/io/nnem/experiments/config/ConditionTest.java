package io.nnem.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  @Test
  void readsItsOwnName() {
    assertThat(Condition.parse("none")).isEqualTo(new Condition("none", Optional.empty()));
    assertThat(Condition.parse("exact-reinstatement/decoded"))
        .isEqualTo(new Condition("exact-reinstatement", Optional.of("decoded")))
        .extracting(Condition::name)
        .isEqualTo("exact-reinstatement/decoded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a/", "/b", "a/b/c", "Exact", "a b", "a--b", "-a", "a_b"})
  void anythingElseIsAnError(String text) {
    assertThatThrownBy(() -> Condition.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("\"" + text + "\" is no condition; a condition is ASSIGNER or");
  }
}
