package io.nnem.credit.refresh;

import com.google.auto.service.AutoService;
import io.nnem.core.Option;
import io.nnem.credit.KeyRefresher;
import io.nnem.credit.KeyRefresherContext;
import io.nnem.credit.KeyRefresherProvider;
import java.util.List;

/** Offers {@code transport}: all keys are moved along with the embedder. */
@AutoService(KeyRefresherProvider.class)
public final class TransportProvider implements KeyRefresherProvider {

  /** For the service loader. */
  public TransportProvider() {}

  @Override
  public String name() {
    return "transport";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(KeyTransport.PERIOD);
  }

  @Override
  public <T> KeyRefresher<T> create(KeyRefresherContext<T> context) {
    return new KeyTransport<>(context);
  }
}
