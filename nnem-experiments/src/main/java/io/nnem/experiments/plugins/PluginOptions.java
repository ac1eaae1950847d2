package io.nnem.experiments.plugins;

import io.nnem.core.Option;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ExperimentConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A misspelt option, or a bad value, would otherwise show when a condition begins, or never. All
 * plug-ins that are named are there.
 */
record PluginOptions(Catalogue catalogue) implements ConfigRule {
  private static final String OPTIONS = "options.";

  @Override
  public List<Violation> check(ExperimentConfig config) {
    List<Violation> violations = new ArrayList<>();
    Map<String, Option<?>> known;
    try {
      known = declared(PluginUse.ofKeys(config));
      for (Condition condition : config.conditions()) {
        Map<String, Option<?>> its =
            declared(PluginUse.of(config.forCondition(condition), condition));
        known.putAll(its);
        condition
            .settings()
            .forEach(
                (key, value) -> {
                  if (key.startsWith(OPTIONS)) {
                    refused(key.substring(OPTIONS.length()), value, its, "its plug-ins")
                        .map(text -> PluginNames.violation(condition, text))
                        .ifPresent(violations::add);
                  }
                });
      }
    } catch (PluginFailedException e) {
      violations.add(new Violation("options", e.getMessage()));
      return violations;
    }
    config
        .options()
        .forEach(
            (name, value) ->
                refused(name, value, known, "the plug-ins in use")
                    .ifPresent(text -> violations.add(new Violation("options", text))));
    return violations;
  }

  private Map<String, Option<?>> declared(List<PluginUse> uses) {
    Map<String, Option<?>> options = new TreeMap<>();
    for (PluginUse use : uses) {
      use.options(catalogue).forEach(option -> options.put(option.name(), option));
    }
    return options;
  }

  private static Optional<String> refused(
      String name, String value, Map<String, Option<?>> known, String whose) {
    Option<?> option = known.get(name);
    if (option == null) {
      return Optional.of(
          OPTIONS
              + name
              + ": none of "
              + whose
              + " has such a setting; they have "
              + (known.isEmpty() ? "none" : String.join(", ", known.keySet())));
    }
    try {
      option.parse(value);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          OPTIONS + name + ": it must be " + option.type() + ", but it is '" + value + "'");
    }
  }
}
