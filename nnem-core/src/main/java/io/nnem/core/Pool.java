package io.nnem.core;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Working spaces that several threads share: each takes one for as long as it works, and there are
 * as many as ever worked at once.
 *
 * @param <R> what is shared
 */
public final class Pool<R extends AutoCloseable> implements AutoCloseable {

  private final Supplier<R> maker;
  private final ArrayDeque<R> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * Creates an empty pool.
   *
   * @param maker makes another working space
   */
  public Pool(Supplier<R> maker) {
    this.maker = maker;
  }

  /**
   * Takes one.
   *
   * @return one that nobody else has, to be given {@link #back}
   * @throws IllegalStateException if the pool is closed
   */
  public R take() {
    synchronized (idle) {
      if (closed) {
        throw new IllegalStateException("This was closed and cannot be used any more.");
      }
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return maker.get();
  }

  /**
   * Gives one back.
   *
   * @param one from {@link #take}
   */
  public void back(R one) {
    synchronized (idle) {
      if (!closed) {
        idle.push(one);
        return;
      }
    }
    release(one);
  }

  /** Releases those that nobody has; the others are released as they come back. */
  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(Pool::release);
      idle.clear();
    }
  }

  private static void release(AutoCloseable one) {
    try {
      one.close();
    } catch (Exception e) {
      throw new IllegalStateException("A working space cannot be released.", e);
    }
  }
}
