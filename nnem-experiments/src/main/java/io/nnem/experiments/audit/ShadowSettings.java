package io.nnem.experiments.audit;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.plugins.PluginUse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What settings of its own an audited condition may have. All go along with one training, so that a
 * setting which changes embedder, memory, decoder or learning is the trained condition's; an
 * audited one's are those of its assigner and its reinstatement.
 */
record ShadowSettings(Catalogue catalogue, ExperimentConfig trained, Condition train) {
  /** It says how large the codes of the autoencoder are that all share. */
  private static final String SHARED_OPTION = "options.code-size";

  /** Refuses an audited condition that has a setting which the training does not have. */
  public static void require(Catalogue catalogue, ExperimentConfig config, AuditPlan plan) {
    ShadowSettings settings =
        new ShadowSettings(catalogue, config.forCondition(plan.train()), plan.train());
    List<String> problems = new ArrayList<>();
    if (!settings.trained.memory().recall().equals("all")) {
      problems.add(
          "recall is \""
              + settings.trained.memory().recall()
              + "\"; an audit compares with the gradient of a reading of all memories: set it to"
              + " all");
    }
    for (Condition condition : plan.audited()) {
      for (String key : condition.settings().keySet()) {
        settings.problem(condition, key).ifPresent(problems::add);
      }
    }
    ConfigException.requireNone(problems);
  }

  private Optional<String> problem(Condition condition, String key) {
    String value = condition.settings().get(key);
    Condition only =
        new Condition(condition.assigner(), condition.reinstatement()).with(key, value);
    if (ownOptions(condition).contains(key) || trained.forCondition(only).equals(trained)) {
      return Optional.empty();
    }
    return Optional.of(
        "conditions: "
            + condition
            + ": "
            + key
            + " is not of its credit alone, but of the training that all audited conditions go"
            + " along with, "
            + train
            + "; give it to that, with --train "
            + train
            + "+"
            + key
            + "="
            + value
            + ", or leave it out");
  }

  private Set<String> ownOptions(Condition condition) {
    Set<String> keys = new HashSet<>();
    for (PluginUse use : PluginUse.ofCredit(trained, condition)) {
      use.options(catalogue).forEach(option -> keys.add("options." + option.name()));
    }
    keys.remove(SHARED_OPTION);
    return keys;
  }
}
