package io.nnem.credit.assigner;

import io.nnem.core.ForwardPass;
import java.util.function.IntFunction;

/** A forward pass with room for a changing number of rows, which grows by doubling. */
final class GrowingPass<T> implements AutoCloseable {

  private final IntFunction<ForwardPass<T>> maker;
  private final int most;
  private ForwardPass<T> pass;

  /**
   * Allocates nothing yet.
   *
   * @param maker makes a pass of a capacity
   * @param most rows that there are at most
   */
  GrowingPass(IntFunction<ForwardPass<T>> maker, int most) {
    this.maker = maker;
    this.most = most;
  }

  /** The pass, with whatever was in it unless it had to grow. */
  ForwardPass<T> withRoomFor(int rows) {
    if (pass == null || pass.capacity() < rows) {
      int room = pass == null ? rows : (int) Math.max(rows, Math.min(most, 2L * rows));
      close();
      pass = maker.apply(room);
    }
    return pass;
  }

  @Override
  public void close() {
    if (pass != null) {
      pass.close();
      pass = null; // a failed allocation must not leave what is closed in use
    }
  }
}
