package io.nnem.bench.system;

/** One work, prepared by one system. */
public interface Task extends AutoCloseable {

  /**
   * Does the work so many times.
   *
   * @param times at least 1
   * @return how long it took, in nanoseconds
   */
  long run(int times);

  /**
   * What came out so far. Asked for once, after the first few times, to compare systems.
   *
   * @return the outcome
   */
  Outcome outcome();

  @Override
  void close();
}
