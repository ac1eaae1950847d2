package io.nnem.experiments.config;

import java.util.Map;

/**
 * Named settings of {@code nnem figure}: what each one changes of {@link
 * ExperimentConfig#defaults()}. This is the only place where these numbers are.
 */
public enum Preset {
  /** At most three minutes on two cores. */
  STANDARD("3 seeds, at most 3 minutes on two cores", Map.of()),
  /** At most 45 seconds on two cores. */
  QUICK(
      "1 seed, at most 45 seconds on two cores",
      Map.of("seeds", 1, "steps", 600, "evaluate-every", 50, "evaluation-images", 2000)),
  /** The setting of the report. */
  FULL("10 seeds and 4000 steps, the setting of the report", Map.of("seeds", 10, "steps", 4000));

  private final String description;
  private final Map<String, Object> overlay;

  Preset(String description, Map<String, Object> overlay) {
    this.description = description;
    this.overlay = overlay;
  }

  /**
   * What the preset is for, in a few words.
   *
   * @return a phrase for the help
   */
  public String description() {
    return description;
  }

  /**
   * What it changes.
   *
   * @return keys of {@link ExperimentConfig} in kebab case, and their values
   */
  public Map<String, Object> overlay() {
    return overlay;
  }
}
