package io.nnem.memory.recall;

import io.nnem.core.GrowingRows;
import io.nnem.core.Pool;
import io.nnem.core.StateReader;
import io.nnem.core.StateWriter;
import io.nnem.core.Tensors;
import io.nnem.memory.Memory;
import io.nnem.memory.Recall;
import io.nnem.memory.RecallContext;
import io.nnem.memory.Slots;
import java.util.Arrays;

/**
 * Recalls for each query the {@code k} memories whose stored keys are most like it by cosine
 * similarity, and for a batch the union of them, which every query of the batch reads. The scan is
 * exact and takes {@code O(b N d)} time, in tiles.
 *
 * @param <T> the matrix type
 */
public final class RecallNearest<T> implements Recall<T> {

  private final Tensors<T> tensors;
  private final Memory<T> memory;
  private final int k;
  private final Pool<Space> spaces = new Pool<>(Space::new);

  /** What one scan needs. */
  private final class Space implements AutoCloseable {
    private final GrowingRows<T> keys = new GrowingRows<>(tensors, memory.keySize());
    private int[] places = new int[0];
    private float[] similarities = new float[0];

    Slots union(T queries) {
      Slots all = memory.occupied();
      int each = Math.min(k, all.count());
      int found = Math.multiplyExact(tensors.rows(queries), each);
      if (places.length < found) {
        places = new int[found];
        similarities = new float[found];
      }
      tensors.nearest(queries, memory.keys(all, keys), each, places, similarities);
      int[] union = Arrays.stream(places, 0, found).sorted().distinct().toArray();
      return union.length == all.count() ? all : all.at(union);
    }

    @Override
    public void close() {
      keys.close();
    }
  }

  /**
   * Creates the recall of a memory.
   *
   * @param context the memory
   * @param k memories for each query, at least 1
   * @throws IllegalArgumentException if {@code k} is below 1
   */
  public RecallNearest(RecallContext<T> context, int k) {
    if (k < 1) {
      throw new IllegalArgumentException(
          "The nearest memories must be 1 or more for each query, but are " + k + ".");
    }
    this.tensors = context.tensors();
    this.memory = context.memory();
    this.k = k;
  }

  @Override
  public Slots recall(T queries) {
    Space space = spaces.take();
    try {
      return space.union(queries);
    } finally {
      spaces.back(space);
    }
  }

  @Override
  public void save(StateWriter out) {}

  @Override
  public void load(StateReader in) {}

  @Override
  public void close() {
    spaces.close();
  }
}
