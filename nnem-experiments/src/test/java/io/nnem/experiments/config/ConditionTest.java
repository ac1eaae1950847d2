package io.nnem.experiments.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @Test
  void settingsOfItsOwnArePartOfTheName() {
    String name = "exact-reinstatement/code+pretrain-steps=3000+options.code-bits=8";
    Condition condition = Condition.parse(name);

    assertThat(condition.name()).isEqualTo(name);
    assertThat(condition.assigner()).isEqualTo("exact-reinstatement");
    assertThat(condition.reinstatement()).contains("code");
    assertThat(condition.settings())
        .isEqualTo(Map.of("pretrain-steps", "3000", "options.code-bits", "8"));
    assertThat(Condition.parse("none+options.formula=a=b").settings())
        .containsExactly(Map.entry("options.formula", "a=b"));
  }

  @Test
  void whatDiffersInSettingsDiffersAndTheirOrderIsNoDifference() {
    assertThat(Condition.parse("none+batch=8"))
        .isNotEqualTo(Condition.parse("none"))
        .isNotEqualTo(Condition.parse("none+batch=4"));
    assertThat(Condition.parse("none+batch=8+capacity=40"))
        .isEqualTo(Condition.parse("none+capacity=40+batch=8"))
        .hasSameHashCodeAs(Condition.parse("none+capacity=40+batch=8"));
  }

  @Test
  void aSettingCanBeAddedAndTakenAway() {
    Condition more = Condition.parse("none+batch=8").with("capacity", "40");
    assertThat(more).hasToString("none+batch=8+capacity=40");
    assertThat(more.with("batch", "4")).hasToString("none+batch=4+capacity=40");
    assertThat(more.without("batch")).hasToString("none+capacity=40");
    assertThat(more.without("seeds")).isEqualTo(more);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "a/", "/b", "a/b/c", "Exact", "a b", "a--b", "-a", "a_b", "+a=b", "/+a=b"
      })
  void anythingElseIsAnError(String text) {
    assertThatThrownBy(() -> Condition.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\""
                + text
                + "\" is no condition; a condition is ASSIGNER or ASSIGNER/REINSTATEMENT in lower"
                + " case, such as none or exact-reinstatement/decoded, and +KEY=VALUE for each"
                + " setting of its own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "none+|``",
        "none+batch|batch",
        "none+batch=|batch=",
        "none+=8|=8",
        "none+batch=8+|``",
        "none+batch= 8|batch= 8",
        "none+data=a\"b|data=a\"b"
      })
  void aSettingIsAKeyAndAValue(String text, String setting) {
    assertThatThrownBy(() -> Condition.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\""
                + text
                + "\" is no condition: \""
                + setting
                + "\" is no setting; a setting is +KEY=VALUE without spaces, quotes, commas or a"
                + " further +, such as +temperature=0.05 or +embedder-hidden=256:128");
  }

  @Test
  void aKeyIsSetOnce() {
    assertThatThrownBy(() -> Condition.parse("none+batch=8+batch=4"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"none+batch=8+batch=4\" is no condition: it sets batch twice");
  }
}
