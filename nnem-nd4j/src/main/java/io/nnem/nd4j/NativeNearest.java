package io.nnem.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The keys that are most like each query, tile by tile, as in {@link NativeReading}: of a tile's
 * similarities those above the worst of the best so far go into a heap. Each thread looks at some
 * of the keys; what they found is put together at the end.
 */
final class NativeNearest {

  private final ReadingShape shape;
  private final Workers workers;
  private final Part[] parts;
  private final Workers.Range some;
  private int k;

  NativeNearest(ReadingShape shape, Workers workers) {
    this.shape = shape;
    this.workers = workers;
    this.parts = new Part[workers.count()];
    Arrays.setAll(parts, i -> new Part());
    this.some = (i, from, to) -> parts[i].look(from, to);
  }

  void run(INDArray queries, INDArray keys, int best, int[] indices, float[] similarities) {
    shape.set(queries, keys);
    k = best;
    workers.split(shape.n, shape.fewestKeys, some);
    int count = workers.parts(shape.n, shape.fewestKeys);
    for (int query = 0; query < shape.b; query++) {
      for (int i = 1; i < count; i++) {
        parts[0].take(query, parts[i]);
      }
      parts[0].sort(query, indices, similarities);
    }
  }

  /** The best of some of the keys: for each query a heap whose root is the worst of them. */
  private final class Part {
    private int[] rows = new int[0];
    private float[] found = new float[0];
    private int[] held = new int[0];

    void look(int first, int last) {
      int b = shape.b;
      Scratch scratch = Scratch.own();
      if (rows.length < b * k) {
        rows = new int[b * k];
        found = new float[b * k];
      }
      held = held.length < b ? new int[b] : held;
      Arrays.fill(held, 0, b, 0);
      float[] queryScales = shape.queryScales(scratch);
      float[] keyScales = scratch.tile(2, shape.step);
      float[] products = scratch.tile(8, b * shape.step);
      for (int from = first; from < last; from += shape.step) {
        int here = Math.min(shape.step, last - from);
        shape.products(scratch, from, here, products, keyScales);
        float[] s = scratch.tile(3, here);
        for (int query = 0; query < b; query++) {
          System.arraycopy(products, query * here, s, 0, here);
          float max = shape.kernels.scaleAndMax(queryScales[query], keyScales, here, s);
          if (held[query] < k || !(max <= found[query * k])) { // true of NaN too
            offer(query, from, here, s);
          }
        }
      }
    }

    private void offer(int query, int from, int count, float[] s) {
      int root = query * k;
      for (int i = 0; i < count; i++) {
        if (held[query] < k || isBetter(s[i], from + i, found[root], rows[root])) {
          offer(query, s[i], from + i);
        }
      }
    }

    private void offer(int query, float similarity, int row) {
      int root = query * k;
      if (held[query] < k) {
        int at = held[query]++;
        while (at > 0
            && isBetter(found[root + (at - 1) / 2], rows[root + (at - 1) / 2], similarity, row)) {
          put(root + at, found[root + (at - 1) / 2], rows[root + (at - 1) / 2]);
          at = (at - 1) / 2;
        }
        put(root + at, similarity, row);
      } else if (isBetter(similarity, row, found[root], rows[root])) {
        sink(root, k, similarity, row);
      }
    }

    /** Puts one in the root's place and lets it sink to where it belongs. */
    private void sink(int root, int size, float similarity, int row) {
      int at = 0;
      while (2 * at + 1 < size) {
        int child = 2 * at + 1;
        if (child + 1 < size
            && isBetter(
                found[root + child],
                rows[root + child],
                found[root + child + 1],
                rows[root + child + 1])) {
          child++;
        }
        if (!isBetter(similarity, row, found[root + child], rows[root + child])) {
          break;
        }
        put(root + at, found[root + child], rows[root + child]);
        at = child;
      }
      put(root + at, similarity, row);
    }

    private void put(int place, float similarity, int row) {
      found[place] = similarity;
      rows[place] = row;
    }

    void take(int query, Part other) {
      for (int i = query * k; i < query * k + other.held[query]; i++) {
        offer(query, other.found[i], other.rows[i]);
      }
    }

    /** Takes the worst again and again: the best comes first. */
    void sort(int query, int[] indices, float[] similarities) {
      int root = query * k;
      for (int size = k; size > 0; size--) {
        indices[root + size - 1] = rows[root];
        similarities[root + size - 1] = found[root];
        sink(root, size - 1, found[root + size - 1], rows[root + size - 1]);
      }
    }
  }

  /** Whether the first comes before the second: more like the query, or as like and a lower row. */
  private static boolean isBetter(float s, int row, float other, int otherRow) {
    if (s > other) {
      return true;
    }
    if (s < other) {
      return false;
    }
    boolean lost = Float.isNaN(s);
    boolean otherLost = Float.isNaN(other);
    return lost == otherLost ? row < otherRow : otherLost;
  }
}
