package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.memory.EvictionContext;
import io.nnem.memory.EvictionPolicy;
import io.nnem.memory.EvictionPolicyProvider;
import io.nnem.memory.eviction.LeastRecentlyRead;
import java.util.List;

/** Offers {@link LeastRecentlyRead} as {@code least-recently-read}. */
@AutoService(EvictionPolicyProvider.class)
public final class LeastRecentlyReadProvider implements EvictionPolicyProvider {

  private static final Option<Double> SHARE =
      Option.number(
              "least-recently-read-share",
              1,
              "weight from which a memory counts as read, as a multiple of the mean weight")
          .where(share -> share > 0, "above 0");

  /** For the service loader. */
  public LeastRecentlyReadProvider() {}

  @Override
  public String name() {
    return "least-recently-read";
  }

  @Override
  public <T> EvictionPolicy<T> create(EvictionContext<T> context) {
    return new LeastRecentlyRead<>(context, context.options().get(SHARE));
  }

  @Override
  public List<Option<?>> options() {
    return List.of(SHARE);
  }
}
