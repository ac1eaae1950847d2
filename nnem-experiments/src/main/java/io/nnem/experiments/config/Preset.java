package io.nnem.experiments.config;

import java.util.List;
import java.util.Map;

/**
 * Named settings of {@code nnem figure}, {@code audit}, {@code capacity} and {@code decoders}: what
 * each one changes of {@link ExperimentConfig#defaults()}. This is the only place where these
 * numbers are.
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
  /** Of {@code nnem capacity}, about ten minutes on two cores. */
  CAPACITY,
  /** Of {@code nnem capacity}, at most 60 seconds on two cores. */
  CAPACITY_QUICK,
  /** Of {@code nnem capacity}: the setting of the report. */
  CAPACITY_FULL,
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

  /** From a start that an autoencoder learned, without labels. */
  private static final String PRETRAINED = "+pretrain-steps=3000";

  /** With keys that are carried along with the embedder. */
  private static final String TRANSPORTED = "+freshening=transport";

  private static final List<String> COMPARED =
      List.of(
          "none",
          "synthetic-gradient",
          "exact-reinstatement/stored",
          "exact-reinstatement/code+options.code-bits=8+pretrain-steps=3000+pretrained-parts=none",
          "exact-reinstatement/decoded",
          "approximate-reinstatement/decoded",
          "synthetic-gradient" + TRANSPORTED,
          "exact-reinstatement/decoded" + TRANSPORTED,
          "anchored-reinstatement/decoded" + TRANSPORTED,
          "hybrid/decoded" + TRANSPORTED,
          "none" + PRETRAINED,
          "exact-reinstatement/stored" + PRETRAINED,
          "exact-reinstatement/decoded" + PRETRAINED + "+decoder-learning=fixed",
          "none+embedder=random-projection",
          "none+embedder=identity+embedding-size=784+temperature=0.001",
          "classifier");

  private static final List<String> COMPARED_QUICKLY =
      List.of(
          "none",
          "exact-reinstatement/stored",
          "exact-reinstatement/code+options.code-bits=8+pretrain-steps=300+pretrained-parts=none",
          "exact-reinstatement/decoded",
          "hybrid/decoded" + TRANSPORTED);

  /**
   * The capacities that are compared.
   *
   * @return what {@code --capacities} is unless the user says otherwise
   */
  public String capacities() {
    return switch (this) {
      case CAPACITY_QUICK -> "500,2000";
      case CAPACITY_FULL -> "500,2000,8000,32000:2";
      default -> "500,2000,8000:1";
    };
  }

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
      case CAPACITY -> capacity(COMPARED, 2, 800, 400, 2000);
      case CAPACITY_QUICK -> capacity(COMPARED_QUICKLY, 1, 300, 300, 1000);
      case CAPACITY_FULL -> capacity(COMPARED, 5, 2500, 500, 5000);
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

  private static Map<String, Object> capacity(
      List<String> conditions, int seeds, int steps, int every, int images) {
    return Map.of(
        "conditions",
        conditions,
        "seeds",
        seeds,
        "steps",
        steps,
        "evaluate-every",
        every,
        "evaluation-images",
        images,
        "temperature",
        0.1,
        "warmup-steps",
        300);
  }
}
