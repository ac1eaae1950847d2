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
import java.util.stream.Stream;

/**
 * Everything that a run depends on, in records by what it is about. In a file, and after {@code
 * --set}, there are no records: a key is the name of a component in kebab case, wherever it is, as
 * in {@code evaluation-images: 5000}. A condition may depart from it: {@link #forCondition}.
 *
 * @param conditions the lines of the figure, in the order of the legend
 * @param seeds how many seeds: 1, 2, ... seeds; each condition is trained once with each
 * @param jobs trials that run at the same time; has no influence on results
 * @param backend name of the tensor backend
 * @param data {@code mnist}, or a folder of IDX files
 * @param network the embedder
 * @param decoding the decoder
 * @param pretraining what is learned beforehand
 * @param memory what is remembered
 * @param reading how a query is answered
 * @param training how long is trained, and how
 * @param evaluation when it is measured
 * @param options passed on to plug-ins as they are
 */
public record ExperimentConfig(
    @NotEmpty(message = "must name at least one condition") List<Condition> conditions,
    @Min(1) @Max(10_000) int seeds,
    @Min(1) @Max(1024) int jobs,
    @NotBlank String backend,
    @NotBlank String data,
    @Valid NetworkConfig network,
    @Valid DecodingConfig decoding,
    @Valid PretrainingConfig pretraining,
    @Valid MemoryConfig memory,
    @Valid ReadingConfig reading,
    @Valid TrainingConfig training,
    @Valid EvaluationConfig evaluation,
    Map<String, String> options) {

  private static final List<Condition> CONDITIONS =
      Stream.of(
              "none",
              "backprop",
              "synthetic-gradient",
              "exact-reinstatement/decoded",
              "approximate-reinstatement/decoded",
              "exact-reinstatement/stored")
          .map(Condition::parse)
          .toList();

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
    if (!laid.problems().isEmpty()) {
      throw new ConfigException(laid.problems());
    }
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

  /** The setting from which presets, files and options depart. */
  public static ExperimentConfig defaults() {
    return new ExperimentConfig(
        CONDITIONS,
        /* seeds= */ 3,
        /* jobs= */ 2,
        "nd4j",
        "mnist",
        NetworkConfig.DEFAULTS,
        DecodingConfig.DEFAULTS,
        PretrainingConfig.DEFAULTS,
        MemoryConfig.DEFAULTS,
        ReadingConfig.DEFAULTS,
        TrainingConfig.DEFAULTS,
        EvaluationConfig.DEFAULTS,
        /* options= */ Map.of());
  }
}
