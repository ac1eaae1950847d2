package io.nnem.experiments.config;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.List;

/**
 * The network that embeds observations.
 *
 * @param embedder name of the embedder
 * @param embedderHidden units of each hidden layer of the embedder
 * @param embeddingSize floats in an embedding
 * @param embedderLearningRate learning rate of the embedder
 */
public record NetworkConfig(
    @NotBlank String embedder,
    List<@Min(1) Integer> embedderHidden,
    @Min(1) int embeddingSize,
    @Finite double embedderLearningRate) {

  public NetworkConfig {
    embedderHidden = List.copyOf(embedderHidden);
  }
}
