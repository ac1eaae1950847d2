package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.eviction.LeastRecentlyRead;
import java.util.Set;

/** Offers {@link LeastRecentlyRead} as {@code least-recently-read}. */
@AutoService(EvictionPolicyProvider.class)
public final class LeastRecentlyReadProvider implements EvictionPolicyProvider {

  private static final String SHARE = "least-recently-read-share";

  /** For the service loader. */
  public LeastRecentlyReadProvider() {}

  @Override
  public String name() {
    return "least-recently-read";
  }

  @Override
  public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
    return new LeastRecentlyRead<>(context, context.options().number(SHARE, 1));
  }

  @Override
  public Set<String> optionNames() {
    return Set.of(SHARE);
  }
}
