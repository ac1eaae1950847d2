package io.nnem.bench.work;

/**
 * One training step of a condition: embed, read, assign credit, learn, write.
 *
 * @param condition which
 * @param sizes how large
 */
public record StepWork(Condition condition, Shape sizes) implements Work {

  @Override
  public String name() {
    return "step/" + condition.label();
  }

  @Override
  public String shape() {
    return sizes.label();
  }

  @Override
  public double operations() {
    return condition.operations(sizes);
  }

  @Override
  public double bytes() {
    return 0;
  }
}
