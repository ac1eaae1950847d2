package io.nnem.experiments.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes a typed value of a {@link Setting}, or says why it cannot; nothing is coerced. */
record SettingReader(List<String> problems) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The value, or empty after a problem was added. */
  Optional<JsonNode> read(ConfigKey key, Setting setting) {
    return switch (key.type()) {
      case INTEGER -> integer(key.name(), setting);
      case REAL -> real(key, setting);
      case FLAG -> flag(key, setting);
      case TEXT -> text(key, setting);
      case INTEGERS -> integers(key, setting);
      case CONDITIONS -> conditions(key, setting);
      case TEXT_MAP -> textMap(key, setting);
    };
  }

  private Optional<JsonNode> integer(String name, Setting setting) {
    if (setting.kind() != Setting.Kind.INTEGER) {
      boolean zeros = setting.kind() == Setting.Kind.REAL && setting.text().matches("[-+]?0\\d+");
      String hint = zeros ? ", without leading zeros" : "";
      return wrong(setting, name, "a whole number" + hint);
    }
    try {
      return Optional.of(JSON.numberNode(Integer.parseInt(setting.text())));
    } catch (NumberFormatException e) {
      return wrong(setting, name, "a whole number from -2147483648 to 2147483647");
    }
  }

  private Optional<JsonNode> real(ConfigKey key, Setting setting) {
    return switch (setting.kind()) {
      case INTEGER, REAL -> Optional.of(JSON.numberNode(parseReal(setting.text())));
      default -> wrong(setting, key.name(), key.type().words);
    };
  }

  private static double parseReal(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("nan")) {
      return Double.NaN;
    }
    if (lower.contains("inf")) {
      return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return Double.parseDouble(text);
  }

  private Optional<JsonNode> flag(ConfigKey key, Setting setting) {
    if (setting.kind() == Setting.Kind.FLAG) {
      // yes, no, on and off mean different things to different YAML readers
      String word = setting.text().toLowerCase(Locale.ROOT);
      if (word.equals("true") || word.equals("false")) {
        return Optional.of(JSON.booleanNode(word.equals("true")));
      }
    }
    return wrong(setting, key.name(), key.type().words);
  }

  private Optional<JsonNode> text(ConfigKey key, Setting setting) {
    return switch (setting.kind()) {
      case TEXT -> Optional.of(JSON.textNode(setting.text()));
      case INTEGER, REAL, FLAG -> wrong(setting, key.name(), "text; put it in quotes");
      default -> wrong(setting, key.name(), key.type().words);
    };
  }

  private Optional<JsonNode> integers(ConfigKey key, Setting setting) {
    if (setting.kind() != Setting.Kind.LIST) {
      return wrong(setting, key.name(), key.type().words + ", such as [128]");
    }
    ArrayNode list = JSON.arrayNode();
    for (int i = 0; i < setting.items().size(); i++) {
      integer(key.name() + "[" + i + "]", setting.items().get(i)).ifPresent(list::add);
    }
    return list.size() == setting.items().size() ? Optional.of(list) : Optional.empty();
  }

  private Optional<JsonNode> conditions(ConfigKey key, Setting setting) {
    if (setting.kind() != Setting.Kind.LIST) {
      return wrong(setting, key.name(), key.type().words + ", such as [none, backprop]");
    }
    ArrayNode list = JSON.arrayNode();
    Set<Condition> seen = new HashSet<>();
    for (Setting item : setting.items()) {
      if (item.kind() != Setting.Kind.TEXT) {
        wrong(item, key.name(), "a list of names; put it in quotes if it is one");
        continue;
      }
      try {
        Condition condition = Condition.parse(item.text());
        list.add(condition.name());
        if (!seen.add(condition)) {
          problems.add(item.origin() + ": " + key.name() + " names " + item.text() + " twice");
        }
      } catch (IllegalArgumentException e) {
        problems.add(item.origin() + ": " + key.name() + ": " + e.getMessage());
      }
    }
    return list.size() == setting.items().size() ? Optional.of(list) : Optional.empty();
  }

  private Optional<JsonNode> textMap(ConfigKey key, Setting setting) {
    if (setting.kind() != Setting.Kind.MAP) {
      return wrong(setting, key.name(), key.type().words);
    }
    ObjectNode map = JSON.objectNode();
    setting
        .entries()
        .forEach(
            (name, value) -> {
              switch (value.kind()) {
                case LIST, MAP, NOTHING -> wrong(value, key.name() + "." + name, "text");
                default -> map.put(name, value.text());
              }
            });
    return map.size() == setting.entries().size() ? Optional.of(map) : Optional.empty();
  }

  private Optional<JsonNode> wrong(Setting setting, String name, String needed) {
    String found =
        setting.kind() == Setting.Kind.NOTHING ? " has no value" : " is " + setting.shown();
    problems.add(setting.origin() + ": " + name + found + "; it must be " + needed);
    return Optional.empty();
  }
}
