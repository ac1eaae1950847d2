package io.nnem.core.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.network.RandomProjection;

/** Offers {@link RandomProjection} as {@code random-projection}. */
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
    return new RandomProjection<>(context);
  }
}
