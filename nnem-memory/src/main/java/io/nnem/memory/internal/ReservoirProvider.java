package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.eviction.Reservoir;

/** Offers {@link Reservoir} as {@code reservoir}. */
@AutoService(EvictionPolicyProvider.class)
public final class ReservoirProvider implements EvictionPolicyProvider {

  /** For the service loader. */
  public ReservoirProvider() {}

  @Override
  public String name() {
    return "reservoir";
  }

  @Override
  public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
    return new Reservoir<>(context);
  }
}
