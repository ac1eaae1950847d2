package io.nnem.nd4j;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The caller's thread and some beside it, for parts of one operation. The others wait for work
 * awake for a moment, and then asleep: longer than the loops last that one thread does alone, for
 * otherwise each operation would begin with waking them. They work for one caller at a time;
 * whoever else calls meanwhile does all its parts itself. No work makes an object.
 */
final class Workers {

  private static final int SPINS = 20_000; // some hundred microseconds
  private static final int NAP = 10_000; // nanoseconds

  private final Worker[] others;
  private final AtomicBoolean taken = new AtomicBoolean();

  Workers(int threads) {
    others = new Worker[threads - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = new Worker(i + 1);
      others[i].start();
    }
  }

  /** How many parts there are at most. */
  int count() {
    return others.length + 1;
  }

  /** A range of items for each part. */
  @FunctionalInterface
  interface Range {
    void of(int part, int from, int to);
  }

  /**
   * Divides items into ranges of about the same length. One thread may do several of them, one
   * after the other: what a part leaves for the caller must not lie in that thread's {@link
   * Scratch}.
   *
   * @param items how many
   * @param fewest what is worth a part of its own
   */
  void split(int items, long fewest, Range range) {
    int parts = parts(items, fewest);
    if (parts == 1) {
      range.of(0, 0, items);
    } else if (taken.compareAndSet(false, true)) {
      try {
        together(items, parts, range);
      } finally {
        taken.set(false);
      }
    } else {
      alone(items, parts, range);
    }
  }

  /** The same parts, so that the bits are the same. */
  private static void alone(int items, int parts, Range range) {
    for (int i = 0; i < parts; i++) {
      range.of(i, bound(items, i, parts), bound(items, i + 1, parts));
    }
  }

  /**
   * Ends the other threads, when they have done what they do for somebody. They count as taken from
   * then on: whoever calls does all parts itself. To be called once.
   */
  void close() {
    while (!taken.compareAndSet(false, true)) {
      LockSupport.parkNanos(NAP);
    }
    for (Worker worker : others) {
      worker.finish();
    }
  }

  private void together(int items, int parts, Range range) {
    for (int i = 1; i < parts; i++) {
      others[i - 1].begin(range, bound(items, i, parts), bound(items, i + 1, parts));
    }
    Throwable failure = null;
    try {
      range.of(0, 0, bound(items, 1, parts));
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    for (int i = 1; i < parts; i++) {
      Throwable other = others[i - 1].end();
      failure = failure == null ? other : failure;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure != null) {
      throw (Error) failure;
    }
  }

  /** How many parts {@link #split} makes. */
  int parts(int items, long fewest) {
    return (int) Math.max(1, Math.min(count(), items / Math.max(1, fewest)));
  }

  /** Ranges begin at a multiple of 16 where there are enough: kernels like that. */
  private static int bound(int items, int i, int parts) {
    int bound = (int) ((long) items * i / parts);
    return i == parts || items < 64 * parts ? bound : bound & ~15;
  }

  private static final class Worker extends Thread {
    private final int part;
    private int from;
    private int to;
    private volatile Range task; // written after the rest, and read before it
    private Throwable failure;
    private volatile boolean finished;

    Worker(int part) {
      super("nnem-nd4j-" + part);
      this.part = part;
      setDaemon(true);
    }

    void begin(Range work, int first, int last) {
      failure = null;
      from = first;
      to = last;
      task = work;
      LockSupport.unpark(this);
    }

    void finish() {
      finished = true;
      LockSupport.unpark(this);
    }

    Throwable end() {
      for (int i = 0; task != null; i++) {
        if (i < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(NAP);
        }
      }
      return failure;
    }

    @Override
    public void run() {
      while (true) {
        for (int i = 0; task == null; i++) {
          if (finished) {
            return;
          }
          if (i < SPINS) {
            Thread.onSpinWait();
          } else {
            LockSupport.park(this);
          }
        }
        try {
          task.of(part, from, to);
        } catch (Throwable e) { // handed to the caller
          failure = e;
        }
        task = null;
      }
    }
  }
}
