package io.nnem.experiments.engine;

import java.util.Map;

/**
 * A setting of an experiment, chosen by {@code --NAME}; the one without a name holds otherwise.
 *
 * @param name as in {@code quick}; empty for the usual one
 * @param description how much it does, in a sentence
 * @param settings {@code KEY=VALUE} for what it changes of the default configuration, with spaces
 *     between them
 * @param options what it changes of the experiment's options, by name
 */
public record Preset(
    String name, String description, String settings, Map<String, String> options) {
  public Preset {
    options = Map.copyOf(options);
  }

  /** The usual one. */
  public static Preset usual(String settings) {
    return new Preset("", "", settings, Map.of());
  }

  /** One that has a name. */
  public static Preset named(String name, String description, String settings) {
    return new Preset(name, description, settings, Map.of());
  }

  /** The same with another value of an option of the experiment's. */
  public Preset with(String option, String value) {
    return new Preset(name, description, settings, Map.of(option, value));
  }
}
