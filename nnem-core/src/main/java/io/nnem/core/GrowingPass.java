package io.nnem.core;

import java.util.function.IntFunction;

/**
 * A forward pass with room for a changing number of rows, which grows by doubling. For one thread
 * at a time.
 *
 * @param <T> the matrix type
 */
public final class GrowingPass<T> implements AutoCloseable {

  private final IntFunction<ForwardPass<T>> maker;
  private final int most;
  private ForwardPass<T> pass;

  /**
   * Allocates nothing yet.
   *
   * @param maker makes a pass of a capacity
   * @param most rows that there are at most
   */
  public GrowingPass(IntFunction<ForwardPass<T>> maker, int most) {
    this.maker = maker;
    this.most = most;
  }

  /**
   * The pass.
   *
   * @param rows at least 1
   * @return the pass, with whatever was in it unless it had to grow
   */
  public ForwardPass<T> withRoomFor(int rows) {
    if (pass == null || pass.capacity() < rows) {
      int room = pass == null ? rows : (int) Math.max(rows, Math.min(most, 2L * rows));
      close();
      pass = maker.apply(room);
    }
    return pass;
  }

  /** Releases the pass; the next call of {@link #withRoomFor} makes another. */
  @Override
  public void close() {
    if (pass != null) {
      pass.close();
      pass = null; // a failed allocation must not leave what is closed in use
    }
  }
}
