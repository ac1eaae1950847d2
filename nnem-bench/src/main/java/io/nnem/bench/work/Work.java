package io.nnem.bench.work;

/** Something to be done again and again, by every system alike. */
public sealed interface Work permits StepWork, ReadWork, QueryWork, WriteWork {

  /**
   * What it is called in tables and on the command line.
   *
   * @return for example {@code step/none}
   */
  String name();

  /**
   * Its sizes in words.
   *
   * @return for example {@code N=512 B=16 784-128-32}
   */
  String shape();

  /**
   * Useful floating-point operations of one round, products of matrices alone.
   *
   * @return the operations; 0 where it only moves bytes
   */
  double operations();

  /**
   * Bytes that one round must move at the least, where that is what limits it.
   *
   * @return the bytes; 0 where arithmetic is the limit
   */
  double bytes();
}
