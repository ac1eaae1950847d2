package io.nnem.experiments.config;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A key of {@link ExperimentConfig} and what its value must look like. */
record ConfigKey(String name, Type type) {

  /** What a value must look like. */
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

  /** All keys by name, in the order of the record. */
  static final Map<String, ConfigKey> ALL = all();

  /** The key of a record component: {@code evaluateEvery} is {@code evaluate-every}. */
  static String kebab(String component) {
    return PropertyNamingStrategies.KebabCaseStrategy.INSTANCE.translate(component);
  }

  private static Map<String, ConfigKey> all() {
    Map<String, ConfigKey> keys = new LinkedHashMap<>();
    Arrays.stream(ExperimentConfig.class.getRecordComponents())
        .map(component -> new ConfigKey(kebab(component.getName()), typeOf(component)))
        .forEach(key -> keys.put(key.name(), key));
    return keys;
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
