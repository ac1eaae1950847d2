package io.nnem.experiments.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A key of {@link ExperimentConfig}, and where its value is in the records. */
public record ConfigKey(String name, JsonPointer path, Type type) {
  private static final List<String> ORDER = new ArrayList<>();

  static {
    ConfigResolver.read(ExperimentConfig.DEFAULTS).fieldNames().forEachRemaining(ORDER::add);
  }

  enum Type {
    INTEGER("a whole number"),
    REAL("a number"),
    FLAG("true or false"),
    TEXT("text"),
    CONDITIONS("a list of conditions"),
    INTEGERS("a list of whole numbers"),
    TEXT_MAP("a map of names to text");

    final String words;

    Type(String words) {
      this.words = words;
    }
  }

  /** All keys by name, in the order of {@code config.yaml}. */
  static final Map<String, ConfigKey> ALL = all(ExperimentConfig.class);

  /**
   * The keys that a condition may have a value of its own for, beside {@code options.NAME}, in the
   * order of {@code config.yaml}.
   */
  public static List<String> ofConditions() {
    return ALL.keySet().stream()
        .filter(key -> !ConditionSettings.OF_THE_RUN.contains(key) && !key.equals("options"))
        .toList();
  }

  /** Whether the values of a key are whole numbers; empty of one such as {@code options.NAME}. */
  public static Optional<Boolean> whole(String key) {
    return Optional.ofNullable(ALL.get(key)).map(its -> its.type() == Type.INTEGER);
  }

  /** The key of a record component: {@code evaluateEvery} is {@code evaluate-every}. */
  static String kebab(String component) {
    return PropertyNamingStrategies.KebabCaseStrategy.INSTANCE.translate(component);
  }

  /** What is said of a key that there is not, with the one that may have been meant. */
  static String unknown(String name, String origin) {
    String guess =
        Suggestions.closest(name, ALL.keySet())
            .map(key -> "; did you mean " + key + "?")
            .orElse("");
    return origin + ": there is no key \"" + name + "\"" + guess;
  }

  /** A value that was written where all is text, so that the key says what it is meant to be. */
  Setting setting(String text, String separator, String origin) {
    return switch (type) {
      case INTEGERS, CONDITIONS -> list(text, separator, origin);
      case TEXT -> Setting.scalar(Setting.Kind.TEXT, text, origin);
      default -> Setting.plain(text, origin);
    };
  }

  private Setting list(String text, String separator, String origin) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String inner = bracketed ? text.substring(1, text.length() - 1) : text;
    if (inner.isBlank()) {
      return Setting.list(List.of(), origin);
    }
    return Setting.list(
        Arrays.stream(inner.split(Pattern.quote(separator), -1))
            .map(String::strip)
            .map(
                item ->
                    type == Type.CONDITIONS
                        ? Setting.scalar(Setting.Kind.TEXT, item, origin)
                        : Setting.plain(item, origin))
            .toList(),
        origin);
  }

  /** The keys of a record and of the records in it; no two have one name. */
  static Map<String, ConfigKey> all(Class<?> root) {
    Map<String, ConfigKey> keys = new LinkedHashMap<>();
    within(root, JsonPointer.empty())
        .sorted(Comparator.comparing(key -> ORDER.indexOf(key.name)))
        .forEach(
            key -> {
              ConfigKey other = keys.put(key.name, key);
              if (other != null) {
                throw new IllegalStateException(
                    other.path + " and " + key.path + " would be one key; rename one of them");
              }
            });
    return keys;
  }

  private static Stream<ConfigKey> within(Class<?> type, JsonPointer place) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(
            component -> {
              String name = kebab(component.getName());
              JsonPointer path = place.appendProperty(name);
              return component.getType().isRecord()
                  ? within(component.getType(), path)
                  : Stream.of(new ConfigKey(name, path, typeOf(component)));
            });
  }

  private static Type typeOf(RecordComponent component) {
    Class<?> raw = component.getType();
    if (raw == int.class) {
      return Type.INTEGER;
    } else if (raw == double.class) {
      return Type.REAL;
    } else if (raw == boolean.class) {
      return Type.FLAG;
    } else if (raw == String.class) {
      return Type.TEXT;
    } else if (raw == Map.class) {
      return Type.TEXT_MAP;
    }
    ParameterizedType list = (ParameterizedType) component.getGenericType();
    return list.getActualTypeArguments()[0] == Integer.class ? Type.INTEGERS : Type.CONDITIONS;
  }
}
