package io.nnem.core;

import java.util.Map;

/**
 * What the {@linkplain Option options} of plug-ins are set to, by name, as text.
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
   * What an option is set to.
   *
   * @param option which
   * @param <V> what it is read as
   * @return its value, or its default if it is not set
   * @throws IllegalArgumentException if it may not be set to that
   */
  public <V> V get(Option<V> option) {
    String text = values.get(option.name());
    return text == null ? option.fallback() : option.parse(text);
  }
}
