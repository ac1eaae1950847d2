package io.nnem.bench.work;

/**
 * Queries asked of a whole network while nothing changes: embed them, compare them with all
 * memories, answer. Only nnem has such a network; what is compared is one way to ask it with
 * another.
 *
 * @param sizes how large; the batch is the queries of one call
 */
public record QueryWork(Shape sizes) implements Work {

  @Override
  public String name() {
    return "query";
  }

  @Override
  public String shape() {
    return sizes.label();
  }

  /** Those of a step that learns nothing. */
  @Override
  public double operations() {
    return Condition.NONE.operations(sizes);
  }

  /** The keys and values, each read once. */
  @Override
  public double bytes() {
    return (double) Float.BYTES * sizes.capacity() * (sizes.embeddingSize() + Shape.CLASSES);
  }
}
