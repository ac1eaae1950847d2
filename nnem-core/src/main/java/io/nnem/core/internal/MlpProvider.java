package io.nnem.core.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.network.NetworkEmbedder;

/** Offers {@link NetworkEmbedder#perceptron} as {@code mlp}. */
@AutoService(EmbedderProvider.class)
public final class MlpProvider implements EmbedderProvider {

  /** For the service loader. */
  public MlpProvider() {}

  @Override
  public String name() {
    return "mlp";
  }

  @Override
  public <T> Embedder<T> create(EmbedderContext<T> context) {
    return NetworkEmbedder.perceptron(context);
  }
}
