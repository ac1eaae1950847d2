package io.nnem.nd4j.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.BackendProvider;
import io.nnem.core.Tensors;
import io.nnem.nd4j.Nd4jTensors;

/** Offers {@link Nd4jTensors} as {@code nd4j}. */
@AutoService(BackendProvider.class)
public final class Nd4jBackend implements BackendProvider {

  /** For the service loader. */
  public Nd4jBackend() {}

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public Tensors<?> create(int threads) {
    return new Nd4jTensors(threads);
  }
}
