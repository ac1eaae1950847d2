package io.nnem.core.network;

import io.nnem.core.ForwardPass;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;

/**
 * Passes that are lent to one caller at a time, so that several threads can run a network at once.
 * A few that are idle are kept for the next callers.
 */
final class PassPool<P extends ForwardPass<?>> implements AutoCloseable {

  /** Idle passes that are kept; threads beyond that allocate at each call. */
  private static final int MOST = 8;

  private final IntFunction<P> maker;
  private final Deque<P> idle = new ArrayDeque<>();
  private boolean closed;

  PassPool(IntFunction<P> maker) {
    this.maker = maker;
  }

  /** Lends a pass that has room for as many rows; an idle one that is too small is replaced. */
  P take(int rows) {
    P pass = latest();
    if (pass != null && pass.capacity() < rows) {
      pass.close();
      pass = null;
    }
    return pass == null ? maker.apply(rows) : pass;
  }

  private synchronized P latest() {
    return idle.pollLast();
  }

  synchronized void giveBack(P pass) {
    if (closed || idle.size() == MOST) {
      pass.close();
    } else {
      idle.addLast(pass);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(ForwardPass::close);
    idle.clear();
  }
}
