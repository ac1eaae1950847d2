package io.nnem.credit.refresh;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.credit.KeyRefresher;
import io.nnem.credit.KeyRefresherContext;
import io.nnem.credit.KeyRefresherProvider;
import java.util.List;

/** Offers {@code round-robin}: some keys a step are embedded again, in turn. */
@AutoService(KeyRefresherProvider.class)
public final class RoundRobinProvider implements KeyRefresherProvider {

  /** For the service loader. */
  public RoundRobinProvider() {}

  @Override
  public String name() {
    return "round-robin";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(ReembeddingRefresher.BUDGET);
  }

  @Override
  public <T> KeyRefresher<T> create(KeyRefresherContext<T> context) {
    return new ReembeddingRefresher<>(context, new RoundRobin());
  }
}
