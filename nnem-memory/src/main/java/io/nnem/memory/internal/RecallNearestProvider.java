package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.memory.Recall;
import io.nnem.memory.RecallContext;
import io.nnem.memory.RecallProvider;
import io.nnem.memory.recall.RecallNearest;
import java.util.List;

/** Offers {@link RecallNearest} as {@code nearest}; option {@code nearest-k}, 32 unless set. */
@AutoService(RecallProvider.class)
public final class RecallNearestProvider implements RecallProvider {

  static final Option<Integer> K =
      Option.integer("nearest-k", 32, "memories that are recalled for each query")
          .where(k -> k >= 1, "1 or more");

  /** For the service loader. */
  public RecallNearestProvider() {}

  @Override
  public String name() {
    return "nearest";
  }

  @Override
  public <T> Recall<T> create(RecallContext<T> context) {
    return new RecallNearest<>(context, context.options().get(K));
  }

  @Override
  public List<Option<?>> options() {
    return List.of(K);
  }
}
