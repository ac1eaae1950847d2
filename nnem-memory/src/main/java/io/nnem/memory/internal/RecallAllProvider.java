package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.Recall;
import io.nnem.memory.RecallContext;
import io.nnem.memory.RecallProvider;
import io.nnem.memory.recall.RecallAll;

/** Offers {@link RecallAll} as {@code all}. */
@AutoService(RecallProvider.class)
public final class RecallAllProvider implements RecallProvider {

  /** For the service loader. */
  public RecallAllProvider() {}

  @Override
  public String name() {
    return "all";
  }

  @Override
  public <T> Recall<T> create(RecallContext<T> context) {
    return new RecallAll<>(context);
  }
}
