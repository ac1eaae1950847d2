package io.nnem.experiments.config;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hibernate.validator.HibernateValidator;

/** Runs the constraints of {@link ExperimentConfig} and words what they find. */
final class ConfigChecks {
  private static final Validator VALIDATOR = validator();

  private ConfigChecks() {}

  /** One line for each impossible value, in the order of the keys. */
  static List<String> problems(ExperimentConfig config, Map<String, String> origins) {
    List<String> names = new ArrayList<>(ConfigKey.ALL.keySet());
    return VALIDATOR.validate(config).stream()
        .sorted(
            Comparator.<ConstraintViolation<ExperimentConfig>>comparingInt(
                    violation -> names.indexOf(key(violation)))
                .thenComparing(violation -> violation.getPropertyPath().toString()))
        .map(violation -> line(violation, config, origins))
        .toList();
  }

  /** Made once, for it takes longer than all checks. */
  private static Validator validator() {
    return Validation.byProvider(HibernateValidator.class)
        .configure()
        // messages are part of the interface: the same in every country
        .defaultLocale(Locale.ENGLISH)
        .localeResolver(context -> Locale.ENGLISH)
        .buildValidatorFactory()
        .getValidator();
  }

  private static String line(
      ConstraintViolation<ExperimentConfig> violation,
      ExperimentConfig config,
      Map<String, String> origins) {
    String key = key(violation);
    Object value = violation.getInvalidValue();
    Object shown = value instanceof ExperimentConfig ? config.memory().capacity() : value;
    String place = key;
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getIndex() != null) {
        place = key + "[" + node.getIndex() + "]";
      }
    }
    String origin = origins.containsKey(key) ? origins.get(key) + ": " : "";
    String text = shown instanceof String ? "\"" + shown + "\"" : shown(shown);
    return origin + place + " is " + text + "; it " + violation.getMessage();
  }

  private static String shown(Object value) {
    boolean whole = value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e9;
    return whole ? String.valueOf(((Double) value).longValue()) : String.valueOf(value);
  }

  /** The innermost component; in a list it is followed by the element. */
  private static String key(ConstraintViolation<ExperimentConfig> violation) {
    String name = "";
    for (Path.Node node : violation.getPropertyPath()) {
      if (node.getKind() == ElementKind.PROPERTY) {
        name = node.getName();
      }
    }
    return ConfigKey.kebab(name);
  }
}
