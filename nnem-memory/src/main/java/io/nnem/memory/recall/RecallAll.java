package io.nnem.memory.recall;

import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.memory.Memory;
import io.nnem.memory.Recall;
import io.nnem.memory.RecallContext;
import io.nnem.memory.Slots;

/**
 * Recalls every memory for every query, as the paper does.
 *
 * @param <T> the matrix type
 */
public final class RecallAll<T> implements Recall<T> {

  private final Memory<T> memory;

  /**
   * Creates the recall of a memory.
   *
   * @param context the memory
   */
  public RecallAll(RecallContext<T> context) {
    this.memory = context.memory();
  }

  @Override
  public Slots recall(T queries) {
    return memory.occupied();
  }

  @Override
  public boolean dependsOnQueries() {
    return false;
  }

  @Override
  public void save(StateWriter out) {}

  @Override
  public void load(StateReader in) {}

  @Override
  public void close() {}
}
