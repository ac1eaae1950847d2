package io.nnem.experiments.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of the figure: a credit assigner, where it gets its observations from, and the settings
 * in which it departs from the run's. It is written {@code ASSIGNER[/REINSTATEMENT]{+KEY=VALUE}},
 * such as {@code exact-reinstatement/decoded+pretrain-steps=3000+decoder-learning=fixed}; {@code :}
 * stands between the items of a list. What the keys and values mean is for {@link
 * ExperimentConfig#forCondition}.
 *
 * @param assigner the name of a credit assigner, such as {@code exact-reinstatement}
 * @param reinstatement the source of reinstated observations, such as {@code decoded}; empty for an
 *     assigner that reinstates nothing
 * @param settings its own settings as they are written, in their order, which makes no difference
 */
public record Condition(
    String assigner, Optional<String> reinstatement, Map<String, String> settings) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** No comma, which separates conditions, no plus sign, and nothing that YAML would quote away. */
  private static final Pattern SETTING = Pattern.compile("[^\\s,+=\"']+=[^\\s,+\"']+");

  public Condition {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    String whole = name(assigner, reinstatement, settings);
    requireName(assigner, whole);
    reinstatement.ifPresent(name -> requireName(name, whole));
    settings.forEach((key, value) -> requireSetting(key + "=" + value, whole));
  }

  public Condition(String assigner, Optional<String> reinstatement) {
    this(assigner, reinstatement, Map.of());
  }

  /**
   * Reads {@code ASSIGNER[/REINSTATEMENT]{+KEY=VALUE}}; an IllegalArgumentException says what is
   * wrong with another form.
   */
  @JsonCreator
  public static Condition parse(String text) {
    String[] parts = text.split("\\+", -1);
    Map<String, String> settings = new LinkedHashMap<>();
    int slash = parts[0].indexOf('/');
    String assigner = slash < 0 ? parts[0] : parts[0].substring(0, slash);
    requireName(assigner, text);
    Optional<String> reinstatement =
        slash < 0 ? Optional.empty() : Optional.of(parts[0].substring(slash + 1));
    reinstatement.ifPresent(name -> requireName(name, text));
    for (int i = 1; i < parts.length; i++) {
      requireSetting(parts[i], text);
      int equals = parts[i].indexOf('=');
      String key = parts[i].substring(0, equals);
      if (settings.put(key, parts[i].substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "\"" + text + "\" is no condition: it sets " + key + " twice");
      }
    }
    return new Condition(assigner, reinstatement, settings);
  }

  /** Whether it is {@code classifier}: no credit assigner, but a control without a memory. */
  public boolean isClassifier() {
    return assigner.equals("classifier");
  }

  /** The name that {@link #parse} reads and that every file and plot uses. */
  @JsonValue
  public String name() {
    return name(assigner, reinstatement, settings);
  }

  /** The same with one setting more, or another value of it. */
  public Condition with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(key, value);
    return new Condition(assigner, reinstatement, more);
  }

  public Condition without(String key) {
    Map<String, String> fewer = new LinkedHashMap<>(settings);
    fewer.remove(key);
    return new Condition(assigner, reinstatement, fewer);
  }

  @Override
  public String toString() {
    return name();
  }

  private static String name(
      String assigner, Optional<String> reinstatement, Map<String, String> settings) {
    StringBuilder name = new StringBuilder(assigner);
    reinstatement.ifPresent(from -> name.append('/').append(from));
    settings.forEach((key, value) -> name.append('+').append(key).append('=').append(value));
    return name.toString();
  }

  private static void requireName(String name, String whole) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\""
              + whole
              + "\" is no condition; a condition is ASSIGNER or ASSIGNER/REINSTATEMENT in lower"
              + " case, such as none or exact-reinstatement/decoded, and +KEY=VALUE for each"
              + " setting of its own");
    }
  }

  private static void requireSetting(String setting, String whole) {
    if (!SETTING.matcher(setting).matches()) {
      throw new IllegalArgumentException(
          "\""
              + whole
              + "\" is no condition: \""
              + setting
              + "\" is no setting; a setting is +KEY=VALUE without spaces, quotes, commas or a"
              + " further +, such as +temperature=0.05 or +embedder-hidden=256:128");
    }
  }
}
