package io.nnem.core.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.Activation;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.network.Dense;
import io.nnem.core.network.NetworkEmbedder;
import java.util.List;

/**
 * Offers a linear map as {@code random-projection}, drawn at random and never changed: what
 * Blundell et al. 2016 (Model-Free Episodic Control) embed with, and the least that a learned
 * embedding must beat.
 */
@AutoService(EmbedderProvider.class)
public final class RandomProjectionProvider implements EmbedderProvider {

  /** For the service loader. */
  public RandomProjectionProvider() {}

  @Override
  public String name() {
    return "random-projection";
  }

  @Override
  public <T> Embedder<T> create(EmbedderContext<T> context) {
    return NetworkEmbedder.fixed(
        context, List.of(new Dense(context.embeddingSize(), Activation.LINEAR)));
  }
}
