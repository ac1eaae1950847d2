package io.nnem.experiments.plugins;

import io.nnem.core.Plugin;
import io.nnem.core.Plugins;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every plug-in that a configuration names must be there, and be the only one of its name. */
public final class PluginNames implements ConfigRule {
  private final Catalogue catalogue;

  /**
   * Checks against a catalogue.
   *
   * @param catalogue what there is
   */
  public PluginNames(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public List<Violation> check(ExperimentConfig config) {
    List<Violation> violations = new ArrayList<>();
    check("backend", config.backend(), catalogue.backends(), violations);
    check("embedder", config.embedder(), catalogue.embedders(), violations);
    check("decoder", config.decoder(), catalogue.decoders(), violations);
    check("retention", config.retention(), catalogue.retentions(), violations);
    for (Condition condition : config.conditions()) {
      check(condition).ifPresent(text -> violations.add(new Violation("conditions", text)));
    }
    return violations;
  }

  private static void check(
      String key, String name, Plugins<? extends Plugin> plugins, List<Violation> violations) {
    missing(name, plugins).ifPresent(text -> violations.add(new Violation(key, key + ": " + text)));
  }

  private Optional<String> check(Condition condition) {
    String where = "conditions: " + condition + ": ";
    Optional<String> missing = missing(condition.assigner(), catalogue.assigners());
    if (missing.isPresent()) {
      return missing.map(where::concat);
    }
    CreditAssignerProvider assigner = catalogue.assigners().get(condition.assigner());
    if (!assigner.reinstates()) {
      return condition
          .reinstatement()
          .map(from -> where + assigner.name() + " reinstates nothing; write " + assigner.name());
    }
    if (condition.reinstatement().isEmpty()) {
      List<String> choices =
          catalogue.reinstatements().names().stream()
              .map(from -> assigner.name() + "/" + from)
              .toList();
      return Optional.of(
          where + "it must say where observations come from: " + String.join(" or ", choices));
    }
    return condition
        .reinstatement()
        .flatMap(from -> missing(from, catalogue.reinstatements()))
        .map(where::concat);
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
