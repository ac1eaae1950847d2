package io.nnem.core.network;

import io.nnem.core.EmbedderContext;
import io.nnem.core.ForwardPass;
import io.nnem.core.Parameter;
import java.util.List;

/**
 * A linear map, drawn at random and never changed: what Blundell et al. 2016 (Model-Free Episodic
 * Control) embed with, and the least that a learned embedding must beat.
 *
 * @param <T> the matrix type
 */
public final class RandomProjection<T> extends NetworkEmbedder<T> {

  /**
   * Creates the embedder.
   *
   * @param context sizes and seed; hidden layers and optimiser are not used
   */
  public RandomProjection(EmbedderContext<T> context) {
    super(context, List.of());
  }

  /** Does nothing: there is nothing to learn. */
  @Override
  public void backward(ForwardPass<T> pass, T embeddingGradient) {}

  @Override
  public void clearGradients() {}

  @Override
  public List<Parameter<T>> parameters() {
    return List.of();
  }
}
