package io.nnem.core.reference;

import com.google.auto.service.AutoService;
import io.nnem.core.BackendProvider;
import io.nnem.core.Tensors;

/** Offers {@link ReferenceTensors} as {@code reference}. */
@AutoService(BackendProvider.class)
public final class ReferenceBackend implements BackendProvider {

  /** For the service loader. */
  public ReferenceBackend() {}

  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Tensors<?> create(int threads) {
    return new ReferenceTensors();
  }
}
