package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.eviction.LeastCertain;
import java.util.Set;

/** Offers {@link LeastCertain} as {@code least-certain}. */
@AutoService(EvictionPolicyProvider.class)
public final class LeastCertainProvider implements EvictionPolicyProvider {

  private static final String BUDGET = "score-budget";

  /** For the service loader. */
  public LeastCertainProvider() {}

  @Override
  public String name() {
    return "least-certain";
  }

  @Override
  public boolean needsUncertainty() {
    return true;
  }

  @Override
  public Set<String> optionNames() {
    return Set.of(BUDGET);
  }

  @Override
  public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
    return new LeastCertain<>(context, context.options().integer(BUDGET, -1));
  }
}
