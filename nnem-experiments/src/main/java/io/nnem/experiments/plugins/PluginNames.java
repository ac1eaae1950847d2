package io.nnem.experiments.plugins;

import com.google.inject.Inject;
import io.nnem.core.BackendProvider;
import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every plug-in that a configuration names must be there, and be the only one of its name; if all
 * are, their options and what cannot go together are checked, too.
 */
public record PluginNames(Catalogue catalogue) implements ConfigRule {

  @Inject
  public PluginNames {}

  @Override
  public List<Violation> check(ExperimentConfig config) {
    List<Violation> violations = new ArrayList<>();
    check("backend", config.backend(), catalogue.of(BackendProvider.class), violations);
    for (PluginKey key : PluginKey.ALL) {
      missing(key, config)
          .ifPresent(text -> violations.add(new Violation(key.key(), key.key() + ": " + text)));
    }
    for (Condition condition : config.conditions()) {
      check(condition).ifPresent(text -> violations.add(new Violation("conditions", text)));
      checkOwnPlugins(config, condition, violations);
    }
    if (violations.isEmpty()) {
      violations.addAll(new PluginOptions(catalogue).check(config));
      violations.addAll(new Contradictions(catalogue).check(config));
    }
    return violations;
  }

  /** Plug-ins that a condition has instead of the run's. */
  private void checkOwnPlugins(
      ExperimentConfig config, Condition condition, List<Violation> violations) {
    ExperimentConfig own = config.forCondition(condition);
    for (PluginKey key : PluginKey.ALL) {
      if (condition.settings().containsKey(key.key())) {
        missing(key, own)
            .ifPresent(text -> violations.add(violation(condition, key.key() + ": " + text)));
      }
    }
  }

  private Optional<String> missing(PluginKey key, ExperimentConfig config) {
    Plugins<? extends Plugin> there = catalogue.of(key.kind());
    Optional<String> name = key.name(config);
    if (name.isPresent()) {
      return missing(name.get(), there);
    }
    return there.names().contains(key.value().apply(config))
        ? Optional.of(
            "a "
                + there.kind()
                + " of that name is there, but it is the word for having none;"
                + " rename the plug-in")
        : Optional.empty();
  }

  static Violation violation(Condition condition, String text) {
    return new Violation("conditions", "conditions: " + condition + ": " + text);
  }

  private static void check(
      String key, String name, Plugins<? extends Plugin> plugins, List<Violation> violations) {
    missing(name, plugins).ifPresent(text -> violations.add(new Violation(key, key + ": " + text)));
  }

  private Optional<String> check(Condition condition) {
    String where = "conditions: " + condition + ": ";
    if (condition.isClassifier()) {
      return checkClassifier(condition).map(where::concat);
    }
    Optional<String> missing =
        missing(condition.assigner(), catalogue.of(CreditAssignerProvider.class));
    if (missing.isPresent()) {
      return missing.map(where::concat);
    }
    String assigner = condition.assigner();
    try {
      if (!PluginGuard.of(catalogue.of(CreditAssignerProvider.class), assigner)
          .ask(CreditAssignerProvider::reinstates)) {
        return condition
            .reinstatement()
            .map(from -> where + assigner + " reinstates nothing; write " + assigner);
      }
    } catch (PluginFailedException e) {
      return Optional.of(where + e.getMessage());
    }
    if (condition.reinstatement().isEmpty()) {
      List<String> choices =
          catalogue.of(ReinstatementProvider.class).names().stream()
              .map(from -> assigner + "/" + from)
              .toList();
      return Optional.of(
          where + "it must say where observations come from: " + String.join(" or ", choices));
    }
    return condition
        .reinstatement()
        .flatMap(from -> missing(from, catalogue.of(ReinstatementProvider.class)))
        .map(where::concat);
  }

  private Optional<String> checkClassifier(Condition condition) {
    if (catalogue.of(CreditAssignerProvider.class).names().contains(condition.assigner())) {
      return Optional.of(
          "a credit assigner of that name is there, but it is the name of the control without a"
              + " memory; rename the plug-in");
    }
    return condition.reinstatement().map(from -> "it reinstates nothing; write classifier");
  }

  private static Optional<String> missing(String name, Plugins<? extends Plugin> plugins) {
    try {
      plugins.get(name);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      String guess =
          Suggestions.closest(name, plugins.names())
              .filter(close -> !close.equals(name))
              .map(close -> " Did you mean '" + close + "'?")
              .orElse("");
      return Optional.of(e.getMessage() + guess);
    }
  }
}
