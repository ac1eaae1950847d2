package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.Recall;
import io.nnem.memory.RecallContext;
import io.nnem.memory.RecallProvider;
import io.nnem.memory.recall.RecallNearest;
import java.util.Set;

/** Offers {@link RecallNearest} as {@code nearest}; option {@code nearest-k}, 32 unless set. */
@AutoService(RecallProvider.class)
public final class RecallNearestProvider implements RecallProvider {

  private static final String K = "nearest-k";

  /** For the service loader. */
  public RecallNearestProvider() {}

  @Override
  public String name() {
    return "nearest";
  }

  @Override
  public <T> Recall<T> create(RecallContext<T> context) {
    return new RecallNearest<>(context, context.options().integer(K, 32));
  }

  @Override
  public Set<String> optionNames() {
    return Set.of(K);
  }
}
