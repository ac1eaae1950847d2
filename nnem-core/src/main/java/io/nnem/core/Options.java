package io.nnem.core;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Settings of a plug-in's own, by name, as text; read with a default for what was not set.
 *
 * @param values the settings
 */
public record Options(Map<String, String> values) {

  /** Copies the map. */
  public Options {
    values = Map.copyOf(values);
  }

  /**
   * No settings: every default holds.
   *
   * @return the empty options
   */
  public static Options none() {
    return new Options(Map.of());
  }

  /**
   * A whole number.
   *
   * @param name the setting
   * @param fallback its default
   * @return the number
   * @throws IllegalArgumentException if the text is not a whole number
   */
  public int integer(String name, int fallback) {
    return parse(name, fallback, "a whole number", Integer::valueOf);
  }

  /**
   * A number.
   *
   * @param name the setting
   * @param fallback its default
   * @return the number
   * @throws IllegalArgumentException if the text is not a number
   */
  public double number(String name, double fallback) {
    return parse(name, fallback, "a number", Double::valueOf);
  }

  /**
   * True or false.
   *
   * @param name the setting
   * @param fallback its default
   * @return the value
   * @throws IllegalArgumentException if the text is neither
   */
  public boolean flag(String name, boolean fallback) {
    return parse(
        name,
        fallback,
        "true or false",
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
          }
          return Boolean.valueOf(text);
        });
  }

  /**
   * Whole numbers, separated by commas; an empty text is an empty list.
   *
   * @param name the setting
   * @param fallback its default
   * @return the numbers
   * @throws IllegalArgumentException if the text is anything else
   */
  public List<Integer> integers(String name, List<Integer> fallback) {
    return parse(
        name,
        fallback,
        "whole numbers separated by commas",
        text ->
            text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                    .map(part -> Integer.valueOf(part.trim()))
                    .toList());
  }

  private <V> V parse(String name, V fallback, String kind, Function<String, V> parser) {
    String text = values.get(name);
    if (text == null) {
      return fallback;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Option " + name + " must be " + kind + ", but it is '" + text + "'.", e);
    }
  }
}
