package io.nnem.experiments.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a configuration so that {@link ConfigResolver} reads the same one back. */
public final class ConfigWriter {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .build());

  private ConfigWriter() {}

  /** All keys and values, as YAML. */
  public static String yaml(ExperimentConfig config) {
    try {
      return YAML.writeValueAsString(ConfigResolver.tree(config));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a configuration could not be written as YAML", e);
    }
  }

  /**
   * All that results depend on, as a line of JSON: how many trials run side by side is not of it.
   */
  public static String line(ExperimentConfig config) {
    ObjectNode tree = ConfigResolver.tree(config);
    tree.remove("jobs");
    return tree.toString();
  }

  /**
   * Every setting as a condition writes it, by key; those that are passed on to plug-ins as {@code
   * options.NAME}.
   */
  public static Map<String, String> values(ExperimentConfig config) {
    Map<String, String> values = new LinkedHashMap<>();
    ConfigResolver.tree(config)
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              if (value.isObject()) {
                value
                    .properties()
                    .forEach(
                        option ->
                            values.put(
                                ConditionSettings.OPTIONS + option.getKey(),
                                option.getValue().asText()));
              } else {
                List<String> items = new ArrayList<>();
                value.forEach(item -> items.add(item.asText()));
                values.put(
                    entry.getKey(),
                    value.isArray()
                        ? String.join(ConditionSettings.SEPARATOR, items)
                        : value.asText());
              }
            });
    return values;
  }

  /** For each key that differs the value in the first and in the second. */
  public static Map<String, List<String>> differences(
      ExperimentConfig first, ExperimentConfig second) {
    ObjectNode one = ConfigResolver.tree(first);
    ObjectNode other = ConfigResolver.tree(second);
    Map<String, List<String>> differences = new LinkedHashMap<>();
    for (String key : ConfigKey.ALL.keySet()) {
      if (!one.get(key).equals(other.get(key))) {
        differences.put(key, List.of(one.get(key).toString(), other.get(key).toString()));
      }
    }
    return differences;
  }
}
