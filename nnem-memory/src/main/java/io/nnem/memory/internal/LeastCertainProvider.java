package io.nnem.memory.internal;

import com.google.auto.service.AutoService;
import io.nnem.memory.Retention;
import io.nnem.memory.RetentionContext;
import io.nnem.memory.RetentionProvider;
import io.nnem.memory.retention.LeastCertain;
import java.util.Set;

/** Offers {@link LeastCertain} as {@code least-certain}. */
@AutoService(RetentionProvider.class)
public final class LeastCertainProvider implements RetentionProvider {

  /** For the service loader. */
  public LeastCertainProvider() {}

  @Override
  public String name() {
    return "least-certain";
  }

  @Override
  public boolean needsScores() {
    return true;
  }

  /** {@code score-budget} is for who scores: how many memories a write scores again. */
  @Override
  public Set<String> optionNames() {
    return Set.of("score-budget");
  }

  @Override
  public Retention create(RetentionContext context) {
    return new LeastCertain(context.capacity());
  }
}
