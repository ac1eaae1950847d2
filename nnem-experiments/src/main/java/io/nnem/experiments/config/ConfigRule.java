package io.nnem.experiments.config;

import java.util.List;

/** A check that needs more than the configuration itself, such as which plug-ins there are. */
@FunctionalInterface
public interface ConfigRule {
  /** What is wrong with a configuration whose values are all possible in themselves. */
  List<Violation> check(ExperimentConfig config);

  /**
   * A mistake: the key whose origin is named, and what is wrong and what to do, beginning with a
   * key.
   */
  record Violation(String key, String text) {}
}
