package io.nnem.experiments.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts an {@link ExperimentConfig} together. Later layers win: defaults, preset, file, {@code
 * --set}, named options.
 *
 * <pre>{@code
 * ExperimentConfig config =
 *     new ConfigResolver("steps=1000")
 *         .file(Path.of("my.yaml"))
 *         .set("temperature=0.05")
 *         .option("--seeds", "seeds", "5")
 *         .resolve();
 * }</pre>
 */
public final class ConfigResolver {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .build();

  private final ObjectNode tree;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Setting> file = new LinkedHashMap<>();
  private final Map<String, Setting> sets = new LinkedHashMap<>();
  private final Map<String, Setting> named = new LinkedHashMap<>();
  private final Map<String, Setting> pluginOptions = new LinkedHashMap<>();
  private boolean unknownKey;

  /**
   * Starts from a preset: {@code key=value} for what is changed of the defaults, with spaces
   * between them.
   */
  public ConfigResolver(String preset) {
    this(ExperimentConfig.defaults());
    for (String each : preset.isEmpty() ? new String[0] : preset.split(" ")) {
      String[] parts = each.split("=", 2);
      new SettingReader(problems)
          .read(ConfigKey.ALL.get(parts[0]), fromText(parts[0], parts[1], "preset"))
          .ifPresent(value -> tree.set(parts[0], value));
    }
  }

  public ConfigResolver(ExperimentConfig config) {
    this.tree = tree(config);
  }

  public ConfigResolver file(Path path) {
    file.putAll(YamlSource.read(path, problems));
    return this;
  }

  /** Lays settings, as {@link #set} reads them, over the preset and beneath the file. */
  public ConfigResolver beneath(String origin, Map<String, String> settings) {
    Map<String, Setting> options = new LinkedHashMap<>();
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(ConditionSettings.OPTIONS)) {
            options.put(
                key.substring(ConditionSettings.OPTIONS.length()),
                Setting.scalar(Setting.Kind.TEXT, value, origin));
          } else {
            file.putIfAbsent(key, fromText(key, value, origin));
          }
        });
    if (!options.isEmpty()) {
      file.putIfAbsent("options", Setting.map(options, origin));
    }
    return this;
  }

  /**
   * Lays {@code key=value} over preset and file; {@code options.NAME=VALUE} adds to {@code
   * options}.
   */
  public ConfigResolver set(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      problems.add("--set " + assignment + ": it must be KEY=VALUE, such as temperature=0.2");
      return this;
    }
    String key = assignment.substring(0, equals).strip();
    String value = assignment.substring(equals + 1).strip();
    if (key.startsWith(ConditionSettings.OPTIONS)
        && key.length() > ConditionSettings.OPTIONS.length()) {
      String name = key.substring(ConditionSettings.OPTIONS.length());
      pluginOptions.put(name, Setting.scalar(Setting.Kind.TEXT, value, "--set"));
    } else {
      sets.put(key, fromText(key, value, "--set"));
    }
    return this;
  }

  /**
   * Lays a named option, such as {@code --seeds}, over everything else; a value of null was not
   * given.
   */
  public ConfigResolver option(String option, String key, String value) {
    if (value != null) {
      named.put(key, fromText(key, value.strip(), option));
    }
    return this;
  }

  /** Refuses a key that the user set, except in a file. */
  public ConfigResolver refuse(String key, String problem) {
    if (sets.containsKey(key) || named.containsKey(key)) {
      problems.add(problem);
    }
    return this;
  }

  /** Checks everything, then the rules if nothing else is wrong, and binds it. */
  public ExperimentConfig resolve(ConfigRule... rules) {
    Map<String, Setting> settings = new LinkedHashMap<>(file);
    settings.putAll(sets);
    settings.putAll(named);
    addPluginOptions(settings);

    Map<String, String> origins = new HashMap<>();
    SettingReader reader = new SettingReader(problems);
    settings.forEach(
        (name, setting) -> {
          ConfigKey key = ConfigKey.ALL.get(name);
          if (key == null) {
            unknownKey = true;
            problems.add(ConfigKey.unknown(name, setting.origin()));
          } else {
            origins.put(name, setting.origin());
            reader.read(key, setting).ifPresent(value -> tree.set(name, value));
          }
        });
    ExperimentConfig config = bind(tree);
    problems.addAll(ConfigChecks.problems(config, origins));
    checkConditions(config, origins);
    if (problems.isEmpty()) {
      for (ConfigRule rule : rules) {
        rule.check(config).forEach(violation -> problems.add(place(violation, origins)));
      }
    }
    if (unknownKey) {
      problems.add("the keys are " + String.join(", ", ConfigKey.ALL.keySet()));
    }
    ConfigException.requireNone(problems);
    return config;
  }

  private void addPluginOptions(Map<String, Setting> settings) {
    if (pluginOptions.isEmpty()) {
      return;
    }
    Setting given = settings.get("options");
    if (given == null || given.kind() == Setting.Kind.MAP) {
      Map<String, Setting> all =
          new LinkedHashMap<>(given == null ? Map.<String, Setting>of() : given.entries());
      all.putAll(pluginOptions);
      settings.put("options", Setting.map(all, "--set"));
    }
  }

  private static String place(ConfigRule.Violation violation, Map<String, String> origins) {
    String origin = origins.get(violation.key());
    return origin == null ? violation.text() : origin + ": " + violation.text();
  }

  /** All keys and values side by side, to be changed. */
  static ObjectNode tree(ExperimentConfig config) {
    JsonNode nested = MAPPER.valueToTree(config);
    ObjectNode tree = MAPPER.createObjectNode();
    ConfigKey.ALL.forEach((name, key) -> tree.set(name, nested.at(key.path())));
    return tree;
  }

  /** All keys and values side by side, from JSON. */
  static ObjectNode read(String json) {
    try {
      return (ObjectNode) MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no JSON: " + json, e);
    }
  }

  static ExperimentConfig bind(ObjectNode tree) {
    ObjectNode nested = MAPPER.createObjectNode();
    ConfigKey.ALL.forEach(
        (name, key) -> nested.withObject(key.path().head()).set(name, tree.get(name)));
    try {
      return MAPPER.treeToValue(nested, ExperimentConfig.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a checked configuration could not be bound", e);
    }
  }

  private void checkConditions(ExperimentConfig config, Map<String, String> origins) {
    String origin = origins.containsKey("conditions") ? origins.get("conditions") + ": " : "";
    for (Condition condition : config.conditions()) {
      ConditionSettings laid =
          ConditionSettings.lay(config, condition, origin + "conditions: " + condition);
      problems.addAll(laid.problems());
      unknownKey |= laid.unknownKey();
    }
  }

  /** On the command line all is text, so the key says what a value is meant to be. */
  private static Setting fromText(String key, String text, String origin) {
    ConfigKey known = ConfigKey.ALL.get(key);
    return known == null
        ? Setting.scalar(Setting.Kind.TEXT, text, origin)
        : known.setting(text, ",", origin);
  }
}
