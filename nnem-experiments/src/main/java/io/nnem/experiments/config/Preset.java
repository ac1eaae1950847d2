package io.nnem.experiments.config;

import java.util.Map;

/**
 * Named settings of {@code nnem figure}: what each one changes of {@link
 * ExperimentConfig#defaults()}. This is the only place where these numbers are.
 */
public enum Preset {
  /** At most three minutes on two cores. */
  STANDARD,
  /** At most 45 seconds on two cores. */
  QUICK,
  /** The setting of the report. */
  FULL;

  /**
   * What the preset changes.
   *
   * @return keys of {@link ExperimentConfig} in kebab case, and their values
   */
  public Map<String, Object> overlay() {
    return switch (this) {
      case STANDARD -> Map.of();
      case QUICK ->
          Map.of("seeds", 1, "steps", 1000, "evaluate-every", 100, "evaluation-images", 2000);
      case FULL ->
          Map.of("seeds", 10, "steps", 4000, "evaluate-every", 200, "evaluation-images", 10_000);
    };
  }
}
