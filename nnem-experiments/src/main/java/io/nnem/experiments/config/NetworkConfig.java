package io.nnem.experiments.config;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.List;

/** The network that embeds observations. */
public record NetworkConfig(
    @NotBlank String embedder,
    List<@Min(1) Integer> embedderHidden,
    @Min(1) int embeddingSize,
    @Finite double embedderLearningRate) {

  public NetworkConfig {
    embedderHidden = List.copyOf(embedderHidden);
  }
}
