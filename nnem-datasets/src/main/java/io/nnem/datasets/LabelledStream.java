package io.nnem.datasets;

/**
 * Instances that come one after another, without an end, from a seed: attributes and a class. Not
 * for use by several threads at once.
 */
public interface LabelledStream {
  /**
   * Numbers of an instance.
   *
   * @return at least 1
   */
  int attributes();

  /**
   * Classes there are.
   *
   * @return at least 2
   */
  int classes();

  /**
   * Goes on to the next instance.
   *
   * @param out where its attributes are put, {@code attributes()} long
   * @return its class, from 0 to {@code classes() - 1}
   */
  int next(float[] out);
}
