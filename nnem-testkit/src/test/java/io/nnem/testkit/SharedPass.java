package io.nnem.testkit;

import io.nnem.core.ForwardPass;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;

/** A pass that has no room of its own: every one made like it holds the same rows. */
final class SharedPass<T> implements ForwardPass<T> {

  private final ForwardPass<T> one;
  private final int capacity;

  SharedPass(ForwardPass<T> one, int capacity) {
    this.one = one;
    this.capacity = capacity;
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public int rows() {
    return one.rows();
  }

  @Override
  public T input() {
    return one.input();
  }

  @Override
  public T output() {
    return one.output();
  }

  @Override
  public void scatterFrom(ForwardPass<T> source, int[] rows) {}

  @Override
  public void gatherFrom(ForwardPass<T> source, int[] rows) {}

  @Override
  public long retainedBytes() {
    return one.retainedBytes();
  }

  @Override
  public void save(StateWriter out) {
    one.save(out);
  }

  @Override
  public void load(StateReader in) {
    one.load(in);
  }

  @Override
  public void close() {}
}
