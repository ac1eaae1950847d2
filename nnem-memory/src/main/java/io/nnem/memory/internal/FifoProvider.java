package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.eviction.FirstInFirstOut;

/** Offers {@link FirstInFirstOut} as {@code fifo}. */
@AutoService(EvictionPolicyProvider.class)
public final class FifoProvider implements EvictionPolicyProvider {

  /** For the service loader. */
  public FifoProvider() {}

  @Override
  public String name() {
    return "fifo";
  }

  @Override
  public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
    return new FirstInFirstOut<>(context);
  }
}
