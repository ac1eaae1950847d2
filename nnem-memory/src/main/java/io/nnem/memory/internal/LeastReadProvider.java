package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.Retention;
import io.nnem.memory.RetentionContext;
import io.nnem.memory.RetentionProvider;
import io.nnem.memory.retention.LeastRead;
import java.util.Set;

/** Offers {@link LeastRead} as {@code least-read}. */
@AutoService(RetentionProvider.class)
public final class LeastReadProvider implements RetentionProvider {

  private static final String DECAY = "least-read-decay";

  /** For the service loader. */
  public LeastReadProvider() {}

  @Override
  public String name() {
    return "least-read";
  }

  @Override
  public Retention create(RetentionContext context) {
    return new LeastRead(context.capacity(), context.options().number(DECAY, 0.99));
  }

  @Override
  public Set<String> optionNames() {
    return Set.of(DECAY);
  }
}
