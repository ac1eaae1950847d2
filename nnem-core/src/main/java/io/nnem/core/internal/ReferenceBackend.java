package io.nnem.core.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.BackendProvider;
import io.nnem.core.Tensors;
import io.nnem.core.reference.ReferenceTensors;

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
