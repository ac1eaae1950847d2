package io.nnem.testkit;

import io.nnem.memory.Retention;
import io.nnem.memory.Slots;
import io.nnem.memory.retention.FirstInFirstOut;

/** First in, first out, that fails when told to. */
final class FaultyRetention implements Retention {

  boolean fails;
  private final FirstInFirstOut fifo;

  FaultyRetention(int capacity) {
    fifo = new FirstInFirstOut(capacity);
  }

  @Override
  public Slots choose(int count) {
    if (fails) {
      throw new IllegalStateException("the policy fails, as it was told to");
    }
    return fifo.choose(count);
  }

  @Override
  public void written(Slots slots) {
    fifo.written(slots);
  }
}
