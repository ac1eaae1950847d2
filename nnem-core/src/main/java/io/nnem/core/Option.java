package io.nnem.core;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A setting of a plug-in's own, as {@link Plugin#options} declares it: its name, what it may be set
 * to, what holds if it is not set, and what it does. {@link Options#get} reads it.
 *
 * <pre>{@code
 * static final Option<Integer> BUDGET =
 *     Option.integer("budget", 16, "keys that are embedded again in each step")
 *         .where(budget -> budget >= 1, "1 or more");
 * }</pre>
 *
 * @param <V> what it is read as
 */
public final class Option<V> {
  private final String name;
  private final String type;
  private final V fallback;
  private final String description;
  private final Function<String, V> parser;
  private final Predicate<V> allowed;

  private Option(
      String name,
      String type,
      V fallback,
      String description,
      Function<String, V> parser,
      Predicate<V> allowed) {
    this.name = name;
    this.type = type;
    this.fallback = fallback;
    this.description = description;
    this.parser = parser;
    this.allowed = allowed;
  }

  /**
   * Words.
   *
   * @param name lower-case words with hyphens, as in {@code nearest-k}
   * @param fallback its default
   * @param description what it does, in a line
   * @return the option
   */
  public static Option<String> text(String name, String fallback, String description) {
    return new Option<>(name, "a text", fallback, description, text -> text, value -> true);
  }

  /**
   * A whole number.
   *
   * @param name lower-case words with hyphens, as in {@code nearest-k}
   * @param fallback its default
   * @param description what it does, in a line
   * @return the option
   */
  public static Option<Integer> integer(String name, int fallback, String description) {
    return new Option<>(
        name, "a whole number", fallback, description, Integer::valueOf, value -> true);
  }

  /**
   * A finite number.
   *
   * @param name lower-case words with hyphens
   * @param fallback its default
   * @param description what it does, in a line
   * @return the option
   */
  public static Option<Double> number(String name, double fallback, String description) {
    return new Option<>(
        name, "a finite number", fallback, description, Double::valueOf, Double::isFinite);
  }

  /**
   * True or false.
   *
   * @param name lower-case words with hyphens
   * @param fallback its default
   * @param description what it does, in a line
   * @return the option
   */
  public static Option<Boolean> flag(String name, boolean fallback, String description) {
    return new Option<>(
        name,
        "true or false",
        fallback,
        description,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException(text);
            },
        value -> true);
  }

  /**
   * Whole numbers, separated by commas; an empty text is an empty list.
   *
   * @param name lower-case words with hyphens
   * @param fallback its default
   * @param description what it does, in a line
   * @return the option
   */
  public static Option<List<Integer>> integers(
      String name, List<Integer> fallback, String description) {
    return new Option<>(
        name,
        "whole numbers separated by commas",
        List.copyOf(fallback),
        description,
        text ->
            text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                    .map(part -> Integer.valueOf(part.trim()))
                    .toList(),
        value -> true);
  }

  /**
   * Anything that is read from a text.
   *
   * @param name lower-case words with hyphens
   * @param type words that complete "it must be"
   * @param fallback its default; its text, or for a list those of its items with commas between
   *     them, must be read as the same again
   * @param description what it does, in a line
   * @param parser reads it, and throws an IllegalArgumentException if the text is none of that type
   * @param <V> what it is read as
   * @return the option
   */
  public static <V> Option<V> of(
      String name, String type, V fallback, String description, Function<String, V> parser) {
    return new Option<>(name, type, fallback, description, parser, value -> true);
  }

  /**
   * The same with a condition on its values.
   *
   * @param condition what must be true of a value
   * @param range the condition in words, as in {@code 1 or more}
   * @return another option
   */
  public Option<V> where(Predicate<V> condition, String range) {
    return new Option<>(
        name, type + ", " + range, fallback, description, parser, allowed.and(condition));
  }

  /**
   * The name it is set by.
   *
   * @return lower-case words with hyphens
   */
  public String name() {
    return name;
  }

  /**
   * What it may be set to.
   *
   * @return words that complete "it must be"
   */
  public String type() {
    return type;
  }

  /**
   * What holds if it is not set.
   *
   * @return the default
   */
  public V fallback() {
    return fallback;
  }

  /**
   * What it does.
   *
   * @return a line
   */
  public String description() {
    return description;
  }

  /**
   * The default as it would be written.
   *
   * @return a text that {@link #parse} reads as the default
   */
  public String fallbackText() {
    return written(fallback);
  }

  /**
   * A text as its value would be written, so that equal values have one text.
   *
   * @param text what it is set to
   * @return a text that {@link #parse} reads as the same value
   * @throws IllegalArgumentException as {@link #parse}
   */
  public String normal(String text) {
    return written(parse(text));
  }

  private static String written(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }

  /**
   * Reads a text.
   *
   * @param text what it is set to
   * @return the value
   * @throws IllegalArgumentException if it may not be set to that; says to what it may
   */
  public V parse(String text) {
    V value;
    try {
      value = parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw refusal(text, e);
    }
    if (!allowed.test(value)) {
      throw refusal(text, null);
    }
    return value;
  }

  private IllegalArgumentException refusal(String text, IllegalArgumentException cause) {
    return new IllegalArgumentException(
        "Option " + name + " must be " + type + ", but it is '" + text + "'.", cause);
  }

  @Override
  public String toString() {
    return name;
  }
}
