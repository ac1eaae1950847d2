package io.nnem.experiments.config;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.List;

/**
 * The decoder that gets observations back from keys, and how it learns.
 *
 * @param reconstructionTrainsEmbedder whether the reconstruction error also trains the embedder
 * @param decoderLearning whether the decoder goes on learning in training, stays as it is, or is
 *     also taught what the keys in memory stand for
 * @param distillationSteps steps after which a distilled decoder's teacher is renewed; 0 for never
 */
public record DecodingConfig(
    @NotBlank String decoder,
    List<@Min(1) Integer> decoderHidden,
    @Finite double decoderLearningRate,
    @OneOf({"binary-cross-entropy", "squared-error"}) String decoderLoss,
    boolean reconstructionTrainsEmbedder,
    @OneOf({"continued", "fixed", "distilled"}) String decoderLearning,
    @Min(0) int distillationSteps) {

  public DecodingConfig {
    decoderHidden = List.copyOf(decoderHidden);
  }
}
