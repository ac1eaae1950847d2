package io.nnem.credit;

import io.nnem.core.Stateful;
import io.nnem.memory.SlotListener;

/**
 * Rewrites stale keys within a training step. Values and ages stay: an age is that of the memory,
 * not of its key. It learns of what was written, read and cleared as every {@link SlotListener}
 * does.
 *
 * <p>A {@link MemoryNetwork} calls, in each step with credit: {@link #prepare} before anything is
 * committed, then {@link #discard} if the step failed, or else, after the news of the step's own
 * writes and the embedder's update, {@link #refresh}. What can fail belongs into {@link #prepare},
 * which changes nothing that {@link #discard} does not take back.
 *
 * @param <T> the matrix type
 */
public interface KeyRefresher<T> extends SlotListener<T>, Stateful, AutoCloseable {

  /** Before anything of the step is committed: does what can fail. */
  void prepare();

  /** Forgets what was prepared. */
  void discard();

  /**
   * After the embedder's update: rewrites what was prepared, but for the slots that were written or
   * cleared since.
   */
  void refresh();

  /** Releases the buffers; what it was created from stays open. */
  @Override
  void close();
}
