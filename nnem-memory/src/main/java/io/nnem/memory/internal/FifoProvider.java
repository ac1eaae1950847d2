package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.Retention;
import io.nnem.memory.RetentionContext;
import io.nnem.memory.RetentionProvider;
import io.nnem.memory.retention.FirstInFirstOut;

/** Offers {@link FirstInFirstOut} as {@code fifo}. */
@AutoService(RetentionProvider.class)
public final class FifoProvider implements RetentionProvider {

  /** For the service loader. */
  public FifoProvider() {}

  @Override
  public String name() {
    return "fifo";
  }

  @Override
  public Retention create(RetentionContext context) {
    return new FirstInFirstOut(context.capacity());
  }
}
