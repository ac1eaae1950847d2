package io.nnem.bench.work;

/**
 * A reading alone: softmax of cosine similarities at temperature 0.1, weighted sum of one-hot
 * values; no gradient.
 *
 * @param capacity memories, {@code N}
 * @param batch queries, {@code B}
 * @param keySize floats of a key, {@code D}
 */
public record ReadWork(int capacity, int batch, int keySize) implements Work {

  @Override
  public String name() {
    return "read";
  }

  @Override
  public String shape() {
    return "N=" + capacity + " B=" + batch + " D=" + keySize;
  }

  @Override
  public double operations() {
    return 2.0 * batch * capacity * (keySize + Shape.CLASSES);
  }

  /** The keys and values, each read once. */
  @Override
  public double bytes() {
    return (double) Float.BYTES * capacity * (keySize + Shape.CLASSES);
  }
}
