package io.nnem.experiments.config;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that a run depends on. In a file the keys are written in kebab case: {@code
 * evaluation-images: 5000}. A condition may depart from it: {@link #forCondition}.
 *
 * @param conditions the lines of the figure, in the order of the legend
 * @param seeds how many seeds: 1, 2, ... seeds; each condition is trained once with each
 * @param steps training steps with credit, one batch each
 * @param warmupSteps steps before them, in which only the decoder learns
 * @param capacity memories that the store holds
 * @param batch observations in a step; each is a query first and a memory afterwards
 * @param backend name of the tensor backend
 * @param data {@code mnist}, or a folder of IDX files
 * @param evaluateEvery steps between two evaluations on the validation images
 * @param evaluationImages how many validation images an evaluation classifies
 * @param jobs trials that run at the same time; has no influence on results
 * @param embedder name of the embedder
 * @param embedderHidden units of each hidden layer of the embedder
 * @param embeddingSize floats in an embedding
 * @param embedderLearningRate learning rate of the embedder
 * @param decoder name of the decoder
 * @param decoderHidden units of each hidden layer of the decoder
 * @param decoderLearningRate learning rate of the decoder
 * @param decoderLoss reconstruction loss
 * @param reconstructionTrainsEmbedder whether the reconstruction error also trains the embedder
 * @param decoderLearning whether the decoder goes on learning in training, stays as it is, or is
 *     also taught what the keys in memory stand for
 * @param distillationSteps steps after which a distilled decoder's teacher is renewed; 0 for never
 * @param pretrainSteps steps of the autoencoder that is trained beforehand; 0 for none
 * @param pretrainBatch images in each of them
 * @param pretrainLearningRate its learning rate
 * @param pretrainedParts what starts from that autoencoder
 * @param pretrainObjective what is learned beforehand: to reconstruct images, or to tell how an
 *     image was transformed, which trains the embedder alone
 * @param store name of the store of keys and values
 * @param eviction name of the policy that picks the memory to give up
 * @param recall name of what chooses the memories that a reading uses
 * @param freshening name of the refresher that rewrites stale keys in each step, or {@code none}
 * @param fresheningOnReading whether keys that a reading embedded anew replace the stored ones
 * @param normalisation how similarities become weights
 * @param temperature divides the similarities before the softmax
 * @param queryGradient whether the gradient also flows into the query's embedding
 * @param optimiser how gradients become updates
 * @param clipNorm largest norm of a gradient; 0 for no limit
 * @param options passed on to plug-ins as they are
 */
@JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
@BatchFits
public record ExperimentConfig(
    @NotEmpty(message = "must name at least one condition") List<Condition> conditions,
    @Min(1) @Max(10_000) int seeds,
    @Min(1) int steps,
    @Min(0) int warmupSteps,
    @Min(1) int capacity,
    @Min(1) int batch,
    @NotBlank String backend,
    @NotBlank String data,
    @Min(1) int evaluateEvery,
    @Min(1) int evaluationImages,
    @Min(1) @Max(1024) int jobs,
    @NotBlank String embedder,
    List<@Min(1) Integer> embedderHidden,
    @Min(1) int embeddingSize,
    @Finite double embedderLearningRate,
    @NotBlank String decoder,
    List<@Min(1) Integer> decoderHidden,
    @Finite double decoderLearningRate,
    @OneOf({"binary-cross-entropy", "squared-error"}) String decoderLoss,
    boolean reconstructionTrainsEmbedder,
    @OneOf({"continued", "fixed", "distilled"}) String decoderLearning,
    @Min(0) int distillationSteps,
    @Min(0) int pretrainSteps,
    @Min(1) int pretrainBatch,
    @Finite double pretrainLearningRate,
    @OneOf({"both", "encoder", "decoder", "none"}) String pretrainedParts,
    @OneOf({"reconstruction", "transformation"}) String pretrainObjective,
    @NotBlank String store,
    @NotBlank String eviction,
    @NotBlank String recall,
    @NotBlank String freshening,
    boolean fresheningOnReading,
    @OneOf({"softmax", "sum"}) String normalisation,
    @Finite double temperature,
    boolean queryGradient,
    @OneOf({"adam", "sgd"}) String optimiser,
    @Finite(orZero = true, message = "must be a finite number, 0 (no limit) or above")
        double clipNorm,
    Map<String, String> options) {

  /** The {@link #freshening} that leaves keys as they were written. */
  public static final String NO_FRESHENING = "none";

  /** Makes the lists and the map unchangeable. */
  public ExperimentConfig {
    conditions = List.copyOf(conditions);
    embedderHidden = List.copyOf(embedderHidden);
    decoderHidden = List.copyOf(decoderHidden);
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /**
   * What a condition is trained with: this, with the condition's own settings laid over it.
   *
   * @param condition one of these, or another
   * @return the same if it has no settings of its own
   * @throws ConfigException with all that is wrong with its settings
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
   * The setting from which presets, files and options depart.
   *
   * @return the defaults
   */
  public static ExperimentConfig defaults() {
    return new ExperimentConfig(
        List.of(
            Condition.parse("none"),
            Condition.parse("backprop"),
            Condition.parse("synthetic-gradient"),
            Condition.parse("exact-reinstatement/decoded"),
            Condition.parse("approximate-reinstatement/decoded"),
            Condition.parse("exact-reinstatement/stored")),
        /* seeds= */ 3,
        /* steps= */ 2500,
        /* warmupSteps= */ 1500,
        /* capacity= */ 500,
        /* batch= */ 16,
        /* backend= */ "nd4j",
        /* data= */ "mnist",
        /* evaluateEvery= */ 100,
        /* evaluationImages= */ 5000,
        /* jobs= */ 2,
        /* embedder= */ "mlp",
        /* embedderHidden= */ List.of(128),
        /* embeddingSize= */ 32,
        /* embedderLearningRate= */ 1e-4,
        /* decoder= */ "autoencoder",
        /* decoderHidden= */ List.of(128),
        /* decoderLearningRate= */ 1e-3,
        /* decoderLoss= */ "binary-cross-entropy",
        /* reconstructionTrainsEmbedder= */ false,
        /* decoderLearning= */ "continued",
        /* distillationSteps= */ 100,
        /* pretrainSteps= */ 0,
        /* pretrainBatch= */ 64,
        /* pretrainLearningRate= */ 1e-3,
        /* pretrainedParts= */ "both",
        /* pretrainObjective= */ "reconstruction",
        /* store= */ "fixed-capacity",
        /* eviction= */ "fifo",
        /* recall= */ "all",
        /* freshening= */ NO_FRESHENING,
        /* fresheningOnReading= */ false,
        /* normalisation= */ "softmax",
        /* temperature= */ 0.2,
        /* queryGradient= */ false,
        /* optimiser= */ "adam",
        /* clipNorm= */ 0,
        /* options= */ Map.of());
  }
}
