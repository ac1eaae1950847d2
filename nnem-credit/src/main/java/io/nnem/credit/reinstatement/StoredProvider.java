package io.nnem.credit.reinstatement;

import com.google.auto.service.AutoService;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;

/** Offers {@code stored}: the observation itself is kept beside each memory. */
@AutoService(ReinstatementProvider.class)
public final class StoredProvider implements ReinstatementProvider {

  /** For the service loader. */
  public StoredProvider() {}

  @Override
  public String name() {
    return "stored";
  }

  @Override
  public <T> Reinstatement<T> create(ReinstatementContext<T> context) {
    return new StoredObservations<>(context);
  }
}
