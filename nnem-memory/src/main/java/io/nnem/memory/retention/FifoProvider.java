package io.nnem.memory.retention;

import com.google.auto.service.AutoService;
import io.nnem.memory.Retention;
import io.nnem.memory.RetentionContext;
import io.nnem.memory.RetentionProvider;

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
