package io.nnem.core.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.Embedder;
import io.nnem.core.EmbedderContext;
import io.nnem.core.EmbedderProvider;
import io.nnem.core.network.Identity;

/** Offers {@link Identity} as {@code identity}. */
@AutoService(EmbedderProvider.class)
public final class IdentityProvider implements EmbedderProvider {

  /** For the service loader. */
  public IdentityProvider() {}

  @Override
  public String name() {
    return "identity";
  }

  @Override
  public <T> Embedder<T> create(EmbedderContext<T> context) {
    return new Identity<>(context);
  }
}
