package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.eviction.ClassBalanced;

/** Offers {@link ClassBalanced} as {@code class-balanced}. */
@AutoService(EvictionPolicyProvider.class)
public final class ClassBalancedProvider implements EvictionPolicyProvider {

  /** For the service loader. */
  public ClassBalancedProvider() {}

  @Override
  public String name() {
    return "class-balanced";
  }

  @Override
  public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
    return new ClassBalanced<>(context);
  }
}
