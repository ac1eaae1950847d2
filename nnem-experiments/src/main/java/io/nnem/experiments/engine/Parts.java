package io.nnem.experiments.engine;

import com.google.inject.Inject;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ConfigRule;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.plugins.Catalogue;
import io.nnem.experiments.run.Pretraining;
import io.nnem.experiments.run.TrialRunner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What jobs are made of.
 *
 * @param pretraining trains autoencoders beforehand, or takes what was trained before
 * @param training trains a memory network and evaluates it, as {@code nnem figure} does
 * @param rule checks a setting against the plug-ins
 */
public record Parts(
    Catalogue catalogue, Pretraining pretraining, TrialRunner training, ConfigRule rule) {
  @Inject
  public Parts {}

  /**
   * Checks a condition that is not among those of the setting, but is named by an option, as in
   * {@code --train}.
   */
  public void require(String option, Condition condition, ExperimentConfig config) {
    if (!config.conditions().contains(condition)) {
      String all =
          Stream.concat(config.conditions().stream(), Stream.of(condition))
              .map(Condition::name)
              .collect(Collectors.joining(","));
      new ConfigResolver(config).option(option, "conditions", all).resolve(rule);
    }
  }
}
