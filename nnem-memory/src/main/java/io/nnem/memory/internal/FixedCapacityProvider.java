package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.MemoryStore;
import io.nnem.memory.MemoryStoreContext;
import io.nnem.memory.MemoryStoreProvider;
import io.nnem.memory.store.FixedCapacityStore;

/** Offers {@link FixedCapacityStore} as {@code fixed-capacity}. */
@AutoService(MemoryStoreProvider.class)
public final class FixedCapacityProvider implements MemoryStoreProvider {

  /** For the service loader. */
  public FixedCapacityProvider() {}

  @Override
  public String name() {
    return "fixed-capacity";
  }

  @Override
  public <T> MemoryStore<T> create(MemoryStoreContext<T> context) {
    return new FixedCapacityStore<>(context);
  }
}
