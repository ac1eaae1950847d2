package io.nnem.experiments.config;

import java.util.List;
import java.util.Optional;

/** What there is to know of the keys of a configuration. */
public final class Keys {
  private Keys() {}

  /**
   * The keys that a condition may have a value of its own for.
   *
   * @return in the order of {@code config.yaml}; beside them there is {@code options.NAME}
   */
  public static List<String> ofConditions() {
    return ConfigKey.ALL.keySet().stream()
        .filter(key -> !ConditionSettings.OF_THE_RUN.contains(key) && !key.equals("options"))
        .toList();
  }

  /**
   * Whether the values of a key are whole numbers.
   *
   * @param key a key
   * @return empty of a key that is not of the configuration's own, such as {@code options.NAME}
   */
  public static Optional<Boolean> whole(String key) {
    return Optional.ofNullable(ConfigKey.ALL.get(key))
        .map(its -> its.type() == ConfigKey.Type.INTEGER);
  }
}
