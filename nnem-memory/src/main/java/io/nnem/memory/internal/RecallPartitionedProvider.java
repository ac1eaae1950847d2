package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.memory.Recall;
import io.nnem.memory.RecallContext;
import io.nnem.memory.RecallProvider;
import io.nnem.memory.recall.RecallPartitioned;
import java.util.List;

/**
 * Offers {@link RecallPartitioned} as {@code partitioned}; options {@code nearest-k}, as {@code
 * nearest} has it, and {@code recall-target}, 0.95 unless set.
 */
@AutoService(RecallProvider.class)
public final class RecallPartitionedProvider implements RecallProvider {

  private static final Option<Double> TARGET =
      Option.number(
              "recall-target",
              0.95,
              "share of the nearest memories that recall=partitioned is to find")
          .where(target -> target > 0 && target <= 1, "above 0 and at most 1");

  /** For the service loader. */
  public RecallPartitionedProvider() {}

  @Override
  public String name() {
    return "partitioned";
  }

  @Override
  public <T> Recall<T> create(RecallContext<T> context) {
    return new RecallPartitioned<>(
        context, context.options().get(RecallNearestProvider.K), context.options().get(TARGET));
  }

  @Override
  public List<Option<?>> options() {
    return List.of(RecallNearestProvider.K, TARGET);
  }
}
