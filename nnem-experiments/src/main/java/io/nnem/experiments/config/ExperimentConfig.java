package io.nnem.experiments.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that a run depends on, in records by what it is about. In a file, and after {@code
 * --set}, there are no records: a key is the name of a component in kebab case, wherever it is, as
 * in {@code evaluation-images: 5000}. A condition may depart from it: {@link #forCondition}.
 *
 * @param conditions the lines of the figure, in the order of the legend
 * @param seeds how many seeds: 1, 2, ... seeds; each condition is trained once with each
 * @param jobs trials that run at the same time; has no influence on results
 * @param data {@code mnist} or a world made of it, a folder of IDX files, or a CSV file, which
 *     {@code table} reads
 * @param options passed on to plug-ins as they are
 */
public record ExperimentConfig(
    @NotEmpty(message = "must name at least one condition") List<Condition> conditions,
    @Min(1) @Max(10_000) int seeds,
    @Min(1) @Max(1024) int jobs,
    @NotBlank String backend,
    @NotBlank String data,
    @Valid TableConfig table,
    @Valid NetworkConfig network,
    @Valid DecodingConfig decoding,
    @Valid PretrainingConfig pretraining,
    @Valid MemoryConfig memory,
    @Valid ReadingConfig reading,
    @Valid TrainingConfig training,
    @Valid EvaluationConfig evaluation,
    Map<String, String> options) {

  /** The setting from which presets, files and options depart, in the order of config.yaml. */
  static final String DEFAULTS =
      """
      {
        "conditions": ["none", "backprop", "synthetic-gradient", "exact-reinstatement/decoded",
            "approximate-reinstatement/decoded", "exact-reinstatement/stored"],
        "seeds": 3, "steps": 2500, "warmup-steps": 1500, "capacity": 500, "batch": 16,
        "backend": "nd4j", "data": "mnist", "label": "", "header": true, "missing": "refuse",
        "evaluate-every": 100, "evaluation-images": 5000, "jobs": 2,
        "embedder": "mlp", "embedder-hidden": [128], "embedding-size": 32,
        "embedder-learning-rate": 1e-4,
        "decoder": "autoencoder", "decoder-hidden": [128], "decoder-learning-rate": 1e-3,
        "decoder-loss": "binary-cross-entropy", "reconstruction-trains-embedder": false,
        "decoder-learning": "continued", "distillation-steps": 100,
        "pretrain-steps": 0, "pretrain-batch": 64, "pretrain-learning-rate": 1e-3,
        "pretrained-parts": "both", "pretrain-objective": "reconstruction",
        "store": "fixed-capacity", "eviction": "fifo", "recall": "all", "freshening": "none",
        "freshening-on-reading": false,
        "normalisation": "softmax", "temperature": 0.2, "query-gradient": false,
        "optimiser": "adam", "clip-norm": 0.0,
        "options": {}
      }
      """;

  public ExperimentConfig {
    conditions = List.copyOf(conditions);
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /**
   * What a condition is trained with: this, with the condition's own settings laid over it. A
   * ConfigException says all that is wrong with them.
   */
  public ExperimentConfig forCondition(Condition condition) {
    ConditionSettings laid =
        ConditionSettings.lay(this, condition, "conditions: " + condition.name());
    ConfigException.requireNone(laid.problems());
    return laid.config();
  }

  /**
   * Where a condition, whose setting this is, gets observations back from: where it says itself, or
   * from the keys if they are freshened and it says nothing.
   */
  public Optional<String> reinstatement(Condition condition) {
    Optional<String> freshening = memory.freshens() ? Optional.of("decoded") : Optional.empty();
    return condition.reinstatement().or(() -> freshening);
  }

  public static ExperimentConfig defaults() {
    return ConfigResolver.bind(ConfigResolver.read(DEFAULTS));
  }
}
