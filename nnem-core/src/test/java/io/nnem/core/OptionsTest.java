package io.nnem.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  private static final Option<Integer> WHOLE = Option.integer("i", 3, "a");
  private static final Option<Double> NUMBER = Option.number("n", 0.5, "b");
  private static final Option<Boolean> FLAG = Option.flag("f", true, "c");
  private static final Option<String> TEXT = Option.text("t", "mlp", "some words");
  private static final Option<List<Integer>> LIST = Option.integers("l", List.of(1, 2), "d");

  @Test
  void whatWasNotSetHasItsDefault() {
    assertThat(Options.none().get(WHOLE)).isEqualTo(3);
    assertThat(Options.none().get(NUMBER)).isEqualTo(0.5);
    assertThat(Options.none().get(FLAG)).isTrue();
    assertThat(Options.none().get(LIST)).containsExactly(1, 2);
  }

  @Test
  void whatWasSetIsRead() {
    Options options =
        new Options(Map.of("i", "-7", "n", "1e-3", "f", "false", "l", "128, 64", "t", "a b"));
    assertThat(options.get(WHOLE)).isEqualTo(-7);
    assertThat(options.get(NUMBER)).isEqualTo(1e-3);
    assertThat(options.get(FLAG)).isFalse();
    assertThat(options.get(LIST)).containsExactly(128, 64);
    assertThat(options.get(TEXT)).isEqualTo("a b");
  }

  @Test
  void aDefaultIsWrittenAsItIsRead() {
    for (Option<?> option : List.of(WHOLE, NUMBER, FLAG, LIST, TEXT)) {
      assertThat(option.parse(option.fallbackText())).isEqualTo(option.fallback());
    }
    assertThat(LIST.fallbackText()).isEqualTo("1,2");
  }

  @Test
  void equalValuesHaveOneText() {
    assertThat(WHOLE.normal("007")).isEqualTo("7");
    assertThat(LIST.normal("128, 64")).isEqualTo("128,64");
  }

  @Test
  void anOptionMayBeOfAnyType() {
    Option<Character> letter =
        Option.of(
            "letter",
            "a letter",
            'a',
            "e",
            text -> {
              if (text.length() != 1) {
                throw new IllegalArgumentException(text);
              }
              return text.charAt(0);
            });
    assertThat(new Options(Map.of("letter", "x")).get(letter)).isEqualTo('x');
    assertThatIllegalArgumentException()
        .isThrownBy(() -> letter.parse("xy"))
        .withMessage("Option letter must be a letter, but it is 'xy'.");
  }

  @ParameterizedTest
  @CsvSource({
    "i, ten, a whole number",
    "i, 1.5, a whole number",
    "n, ten, a finite number",
    "n, NaN, a finite number",
    "n, 1e999, a finite number",
    "f, TRUE, true or false",
    "l, 1;2, whole numbers separated by commas",
    "l, '1,', whole numbers separated by commas",
    "l, ',1', whole numbers separated by commas",
    "l, '1,,2', whole numbers separated by commas"
  })
  void whatCannotBeReadIsAnErrorWithNameAndText(String name, String text, String type) {
    Option<?> option =
        Stream.of(WHOLE, NUMBER, FLAG, LIST)
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Options(Map.of(name, text)).get(option))
        .withMessage("Option " + name + " must be " + type + ", but it is '" + text + "'.");
  }

  @Test
  void aValueThatIsNotAllowedIsAnErrorThatSaysWhichAre() {
    Option<Integer> some =
        WHOLE.where(value -> value >= 1, "1 or more").where(value -> value <= 9, "9 or less");
    assertThat(some.parse("9")).isEqualTo(9);
    for (String text : List.of("0", "10")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> some.parse(text))
          .withMessage(
              "Option i must be a whole number, 1 or more, 9 or less, but it is '" + text + "'.");
    }
  }

  @Test
  void anEmptyTextIsAnEmptyList() {
    assertThat(LIST.parse(" ")).isEmpty();
  }

  @Test
  void areACopy() {
    Map<String, String> map = new HashMap<>(Map.of("i", "1"));
    Options options = new Options(map);
    map.put("i", "2");
    assertThat(options.get(WHOLE)).isEqualTo(1);
    assertThatThrownBy(() -> options.values().put("b", "1"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
