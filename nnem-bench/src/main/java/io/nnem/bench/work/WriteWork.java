package io.nnem.bench.work;

/**
 * Writing alone: a batch of keys and values into the slots whose turn it is.
 *
 * @param capacity memories, {@code N}, all slots in use
 * @param batch memories written at once, {@code B}
 * @param keySize floats of a key, {@code D}
 * @param lookups whether what else a training step asks of the memory is done too: its occupied
 *     slots, their keys and their values
 */
public record WriteWork(int capacity, int batch, int keySize, boolean lookups) implements Work {

  @Override
  public String name() {
    return lookups ? "memory" : "write";
  }

  @Override
  public String shape() {
    return "N=" + capacity + " B=" + batch + " D=" + keySize;
  }

  @Override
  public double operations() {
    return 0;
  }

  /** What is written, read once and written once. */
  @Override
  public double bytes() {
    return 2.0 * Float.BYTES * batch * (keySize + Shape.CLASSES);
  }
}
