package io.nnem.learners;

import java.time.Duration;

/**
 * How a {@link DurableNetwork} is opened: what a crash may take, and how long opening it may take.
 *
 * <p>In every case a call that was acknowledged, that is, has returned, survives the death of the
 * process, by {@code kill -9} too: it was handed to the operating system. What the choice decides
 * is what a power failure, or the death of the operating system, may take.
 */
public final class Durability {

  private static final Duration OF_WORK = Duration.ofSeconds(30);

  private final boolean readOnly;
  private final int calls;
  private final Duration interval;
  private final Duration work;

  private Durability(boolean readOnly, int calls, Duration interval, Duration work) {
    this.readOnly = readOnly;
    this.calls = calls;
    this.interval = interval;
    this.work = work;
  }

  /**
   * Each call is on the disk before it changes the network: a power failure takes nothing that was
   * acknowledged.
   *
   * @return that
   */
  public static Durability eachCall() {
    return everyCalls(1);
  }

  /**
   * Every {@code n}-th call syncs: a power failure may take the last {@code n - 1} calls, however
   * long ago they were made.
   *
   * @param n at least 1
   * @return that
   */
  public static Durability everyCalls(int n) {
    if (n < 1) {
      throw new IllegalArgumentException(
          "The calls of a sync must be 1 or more, but are " + n + ".");
    }
    return new Durability(false, n, Duration.ZERO, OF_WORK);
  }

  /**
   * A thread syncs at an interval, and nobody waits for it: a power failure may take the calls of
   * the last interval, and of the time that a sync takes.
   *
   * @param interval 1 ms or more
   * @return that
   */
  public static Durability every(Duration interval) {
    require("The interval between syncs", interval);
    return new Durability(false, 0, interval, OF_WORK);
  }

  /**
   * The network as the folder holds it now, also while another process has it open; calls that
   * would change it are refused.
   *
   * @return that
   */
  public static Durability readOnly() {
    return new Durability(true, 0, Duration.ZERO, OF_WORK);
  }

  /**
   * A checkpoint is written, beside the calls, after they have worked so long since the last one:
   * 30 s unless said. Opening makes the calls since the last checkpoint again, which takes about as
   * long as they took.
   *
   * @param work 1 ms or more
   * @return the same with that
   */
  public Durability checkpointAfter(Duration work) {
    require("The work between checkpoints", work);
    return new Durability(readOnly, calls, interval, work);
  }

  private static void require(String what, Duration duration) {
    if (duration.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException(what + " must be 1 ms or more, but is " + duration + ".");
    }
  }

  boolean isReadOnly() {
    return readOnly;
  }

  /** 0 if an interval was asked for. */
  int calls() {
    return calls;
  }

  /** Nanoseconds; 0 if there is none. */
  long interval() {
    return nanoseconds(interval);
  }

  /** Nanoseconds. */
  long work() {
    return nanoseconds(work);
  }

  /** As many as a number can count, if there are more: that is centuries. */
  private static long nanoseconds(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE;
    }
  }
}
