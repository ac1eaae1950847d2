package io.nnem.experiments.config;

import java.util.List;
import java.util.Map;

/**
 * Named settings of {@code nnem figure}, {@code audit} and {@code decoders}: what each one changes
 * of {@link ExperimentConfig#defaults()}. This is the only place where these numbers are.
 */
public enum Preset {
  /** At most three minutes on two cores. */
  STANDARD,
  /** At most 45 seconds on two cores. */
  QUICK,
  /** The setting of the report. */
  FULL,
  /** Of {@code nnem audit}. */
  AUDIT,
  /** Of {@code nnem audit}, at most 60 seconds on two cores. */
  AUDIT_QUICK,
  /** Of {@code nnem decoders}. */
  DECODERS,
  /** Of {@code nnem decoders}, at most 60 seconds on two cores. */
  DECODERS_QUICK;

  private static final List<String> AUDITED =
      List.of(
          "none",
          "backprop",
          "synthetic-gradient",
          "exact-reinstatement/decoded",
          "approximate-reinstatement/decoded",
          "exact-reinstatement/stored",
          "approximate-reinstatement/stored");

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
      case AUDIT -> Map.of("conditions", AUDITED);
      case AUDIT_QUICK ->
          Map.of("conditions", AUDITED, "seeds", 1, "steps", 450, "evaluation-images", 2000);
      case DECODERS ->
          Map.of(
              "conditions",
              List.of("none"), // nothing is assigned
              "decoder",
              "variational-autoencoder", // so that its options are known
              "steps",
              10_000,
              "evaluate-every",
              500);
      case DECODERS_QUICK ->
          Map.of(
              "conditions", List.of("none"),
              "decoder", "variational-autoencoder",
              "seeds", 1,
              "steps", 3000,
              "evaluate-every", 250,
              "evaluation-images", 1000);
    };
  }
}
