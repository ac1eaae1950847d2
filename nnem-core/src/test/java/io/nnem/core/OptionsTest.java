package io.nnem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void whatWasNotSetHasItsDefault() {
    assertThat(Options.none().integer("a", 3)).isEqualTo(3);
    assertThat(Options.none().number("a", 0.5)).isEqualTo(0.5);
    assertThat(Options.none().flag("a", true)).isTrue();
    assertThat(Options.none().integers("a", List.of(1, 2))).containsExactly(1, 2);
  }

  @Test
  void whatWasSetIsRead() {
    Options options = new Options(Map.of("i", "-7", "n", "1e-3", "f", "false", "l", "128, 64"));
    assertThat(options.integer("i", 3)).isEqualTo(-7);
    assertThat(options.number("n", 0.5)).isEqualTo(1e-3);
    assertThat(options.flag("f", true)).isFalse();
    assertThat(options.integers("l", List.of())).containsExactly(128, 64);
  }

  @Test
  void whatCannotBeReadIsAnErrorWithNameAndText() {
    Options options = new Options(Map.of("x", "ten"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.integer("x", 1))
        .withMessage("Option x must be a whole number, but it is 'ten'.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.number("x", 1))
        .withMessage("Option x must be a number, but it is 'ten'.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.flag("x", true))
        .withMessage("Option x must be true or false, but it is 'ten'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "1,", ",1", "1,,2", "1;2", "1.5"})
  void aListIsWholeNumbersAndCommas(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Options(Map.of("x", text)).integers("x", List.of()))
        .withMessage(
            "Option x must be whole numbers separated by commas, but it is '" + text + "'.");
  }

  @Test
  void anEmptyTextIsAnEmptyList() {
    assertThat(new Options(Map.of("x", " ")).integers("x", List.of(1))).isEmpty();
  }

  @Test
  void areACopy() {
    Map<String, String> map = new HashMap<>(Map.of("a", "1"));
    Options options = new Options(map);
    map.put("a", "2");
    assertThat(options.integer("a", 0)).isEqualTo(1);
    assertThatThrownBy(() -> options.values().put("b", "1"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
