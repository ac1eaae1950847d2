package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.Retention;
import io.nnem.memory.RetentionContext;
import io.nnem.memory.RetentionProvider;
import io.nnem.memory.retention.Reservoir;

/** Offers {@link Reservoir} as {@code reservoir}. */
@AutoService(RetentionProvider.class)
public final class ReservoirProvider implements RetentionProvider {

  /** For the service loader. */
  public ReservoirProvider() {}

  @Override
  public String name() {
    return "reservoir";
  }

  @Override
  public Retention create(RetentionContext context) {
    return new Reservoir(context.capacity(), context.seed());
  }
}
