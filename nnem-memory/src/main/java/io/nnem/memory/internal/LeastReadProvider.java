package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.eviction.LeastRead;
import java.util.Set;

/** Offers {@link LeastRead} as {@code least-read}. */
@AutoService(EvictionPolicyProvider.class)
public final class LeastReadProvider implements EvictionPolicyProvider {

  private static final String DECAY = "least-read-decay";

  /** For the service loader. */
  public LeastReadProvider() {}

  @Override
  public String name() {
    return "least-read";
  }

  @Override
  public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
    return new LeastRead<>(context, context.options().number(DECAY, 0.99));
  }

  @Override
  public Set<String> optionNames() {
    return Set.of(DECAY);
  }
}
