package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.eviction.LeastCertain;
import java.util.List;

/** Offers {@link LeastCertain} as {@code least-certain}. */
@AutoService(EvictionPolicyProvider.class)
public final class LeastCertainProvider implements EvictionPolicyProvider {

  private static final Option<Integer> BUDGET =
      Option.integer(
              "score-budget",
              -1,
              "memories that are scored again with each write; 0 for none, -1 for as many as are"
                  + " written")
          .where(budget -> budget >= -1, "-1 or more");

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
  public List<Option<?>> options() {
    return List.of(BUDGET);
  }

  @Override
  public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
    return new LeastCertain<>(context, context.options().get(BUDGET));
  }
}
