package io.nnem.experiments.config;

import jakarta.validation.constraints.Min;

/**
 * What is learned before the memory is there.
 *
 * @param pretrainSteps steps of the autoencoder that is trained beforehand; 0 for none
 * @param pretrainBatch images in each of them
 * @param pretrainLearningRate its learning rate
 * @param pretrainedParts what starts from that autoencoder
 * @param pretrainObjective what is learned beforehand: to reconstruct images, or to tell how an
 *     image was transformed, which trains the embedder alone
 */
public record PretrainingConfig(
    @Min(0) int pretrainSteps,
    @Min(1) int pretrainBatch,
    @Finite double pretrainLearningRate,
    @OneOf({"both", "encoder", "decoder", "none"}) String pretrainedParts,
    @OneOf({"reconstruction", "transformation"}) String pretrainObjective) {

  public boolean startsEmbedder() {
    return pretrainSteps > 0
        && (pretrainedParts.equals("both") || pretrainedParts.equals("encoder"));
  }

  public boolean startsDecoder() {
    return pretrainSteps > 0
        && (pretrainedParts.equals("both") || pretrainedParts.equals("decoder"));
  }
}
