package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.Retention;
import io.nnem.memory.RetentionContext;
import io.nnem.memory.RetentionProvider;
import io.nnem.memory.retention.LeastRecentlyRead;
import java.util.Set;

/** Offers {@link LeastRecentlyRead} as {@code least-recently-read}. */
@AutoService(RetentionProvider.class)
public final class LeastRecentlyReadProvider implements RetentionProvider {

  private static final String SHARE = "least-recently-read-share";

  /** For the service loader. */
  public LeastRecentlyReadProvider() {}

  @Override
  public String name() {
    return "least-recently-read";
  }

  @Override
  public Retention create(RetentionContext context) {
    return new LeastRecentlyRead(context.capacity(), context.options().number(SHARE, 1));
  }

  @Override
  public Set<String> optionNames() {
    return Set.of(SHARE);
  }
}
