package io.nnem.bench.work;

import io.nnem.core.Seeds;
import java.util.SplittableRandom;

/** A full memory and a batch of queries, which are also what is written, as plain floats. */
public final class MemoryProblem {

  private final int capacity;
  private final int batch;
  private final int keySize;
  private final float[] keys;
  private final float[] values;
  private final float[] queries;
  private final float[] queryValues;

  /**
   * Draws keys and queries uniformly from {@code [-1, 1]}, and one-hot values.
   *
   * @param capacity memories, {@code N}
   * @param batch queries, {@code B}
   * @param keySize floats of a key, {@code D}
   */
  public MemoryProblem(int capacity, int batch, int keySize) {
    this.capacity = capacity;
    this.batch = batch;
    this.keySize = keySize;
    SplittableRandom random = Seeds.random(StepProblem.SEED, "bench-memory");
    keys = uniform(random, capacity * keySize);
    values = oneHot(random, capacity);
    queries = uniform(random, batch * keySize);
    queryValues = oneHot(random, batch);
  }

  private static float[] uniform(SplittableRandom random, int count) {
    float[] result = new float[count];
    for (int i = 0; i < count; i++) {
      result[i] = (float) random.nextDouble(-1, 1);
    }
    return result;
  }

  private static float[] oneHot(SplittableRandom random, int rows) {
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = random.nextInt(Shape.CLASSES);
    }
    return StepProblem.oneHot(labels);
  }

  /**
   * Memories.
   *
   * @return {@code N}
   */
  public int capacity() {
    return capacity;
  }

  /**
   * Queries.
   *
   * @return {@code B}
   */
  public int batch() {
    return batch;
  }

  /**
   * Floats of a key.
   *
   * @return {@code D}
   */
  public int keySize() {
    return keySize;
  }

  /**
   * The memory's keys.
   *
   * @return {@code N x D}, row by row; not to be written to
   */
  public float[] keys() {
    return keys;
  }

  /**
   * The memory's values, one-hot.
   *
   * @return {@code N x CLASSES}, row by row; not to be written to
   */
  public float[] values() {
    return values;
  }

  /**
   * The queries, and the keys to write.
   *
   * @return {@code B x D}, row by row; not to be written to
   */
  public float[] queries() {
    return queries;
  }

  /**
   * The values to write, one-hot.
   *
   * @return {@code B x CLASSES}, row by row; not to be written to
   */
  public float[] queryValues() {
    return queryValues;
  }
}
