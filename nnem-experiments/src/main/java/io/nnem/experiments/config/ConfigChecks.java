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
    List<String> names = List.copyOf(ConfigKey.ALL.keySet());
    List<Problem> problems = new ArrayList<>();
    VALIDATOR.validate(config).forEach(violation -> problems.add(Problem.of(violation)));
    int batch = config.training().batch();
    int capacity = config.memory().capacity();
    if (batch > capacity && capacity > 0) { // a whole batch is written at once
      problems.add(new Problem("capacity", "", capacity, "must be at least batch, " + batch));
    }
    return problems.stream()
        .sorted(
            Comparator.<Problem>comparingInt(problem -> names.indexOf(problem.key))
                .thenComparing(Problem::index))
        .map(problem -> problem.line(origins))
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

  /** An impossible value; the index is that of the item in a list, in brackets. */
  private record Problem(String key, String index, Object value, String must) {

    static Problem of(ConstraintViolation<ExperimentConfig> violation) {
      String name = "";
      String index = "";
      for (Path.Node node : violation.getPropertyPath()) {
        if (node.getKind() == ElementKind.PROPERTY) {
          name = node.getName(); // the innermost is the key's
        }
        if (node.getIndex() != null) {
          index = "[" + node.getIndex() + "]";
        }
      }
      return new Problem(
          ConfigKey.kebab(name), index, violation.getInvalidValue(), violation.getMessage());
    }

    String line(Map<String, String> origins) {
      String origin = origins.containsKey(key) ? origins.get(key) + ": " : "";
      return origin + key + index + " is " + shown() + "; it " + must;
    }

    private String shown() {
      if (value instanceof String) {
        return "\"" + value + "\"";
      }
      boolean whole = value instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e9;
      return whole ? String.valueOf(((Double) value).longValue()) : String.valueOf(value);
    }
  }
}
