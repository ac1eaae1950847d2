package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.eviction.LeastRead;
import java.util.List;

/** Offers {@link LeastRead} as {@code least-read}. */
@AutoService(EvictionPolicyProvider.class)
public final class LeastReadProvider implements EvictionPolicyProvider {

  private static final Option<Double> DECAY =
      Option.number(
              "least-read-decay",
              0.99,
              "how much of its running mean of reads each reading leaves a memory")
          .where(decay -> decay > 0 && decay < 1, "above 0 and below 1");

  /** For the service loader. */
  public LeastReadProvider() {}

  @Override
  public String name() {
    return "least-read";
  }

  @Override
  public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
    return new LeastRead<>(context, context.options().get(DECAY));
  }

  @Override
  public List<Option<?>> options() {
    return List.of(DECAY);
  }
}
