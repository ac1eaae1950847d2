package io.nnem.credit.refresh;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.credit.KeyRefresher;
import io.nnem.credit.KeyRefresherContext;
import io.nnem.credit.KeyRefresherProvider;
import java.util.List;

/** Offers {@code drift}: the keys whose staleness costs most are embedded again. */
@AutoService(KeyRefresherProvider.class)
public final class DriftProvider implements KeyRefresherProvider {

  /** For the service loader. */
  public DriftProvider() {}

  @Override
  public String name() {
    return "drift";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(ReembeddingRefresher.BUDGET);
  }

  @Override
  public <T> KeyRefresher<T> create(KeyRefresherContext<T> context) {
    return new ReembeddingRefresher<>(context, new DriftTimesReads(context.memory().capacity()));
  }
}
