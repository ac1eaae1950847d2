package io.nnem.nd4j;

import io.nnem.core.Candidate;
import java.util.Arrays;

/** The best candidates of some queries: for each a heap, the worst of them on top. */
final class BestKeys {

  private long[] heaps = new long[0];
  private int[] sizes = new int[0];
  private int k;

  /** Forgets what was found, and makes room. */
  void begin(int queries, int count) {
    k = count;
    if (sizes.length < queries) {
      sizes = new int[queries];
    }
    if (heaps.length < queries * k) {
      heaps = new long[queries * k];
    }
    Arrays.fill(sizes, 0, queries, 0);
  }

  /** What a similarity must surpass; NaN, which all do, while there are fewer than k. */
  float worst(int query) {
    return sizes[query] < k ? Float.NaN : Candidate.similarity(heaps[query * k]);
  }

  void offer(int query, long candidate) {
    int top = query * k;
    if (sizes[query] < k) {
      rise(top, sizes[query]++, candidate);
    } else if (candidate > heaps[top]) {
      sink(top, k, candidate);
    }
  }

  private void rise(int top, int place, long candidate) {
    int i = place;
    while (i > 0 && heaps[top + (i - 1) / 2] > candidate) {
      heaps[top + i] = heaps[top + (i - 1) / 2];
      i = (i - 1) / 2;
    }
    heaps[top + i] = candidate;
  }

  /** Puts a candidate in the place of the worst. */
  private void sink(int top, int size, long candidate) {
    int i = 0;
    for (int child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && heaps[top + child + 1] < heaps[top + child]) {
        child++;
      }
      if (candidate <= heaps[top + child]) {
        break;
      }
      heaps[top + i] = heaps[top + child];
      i = child;
    }
    heaps[top + i] = candidate;
  }

  void add(BestKeys other, int queries) {
    for (int i = 0; i < queries; i++) {
      for (int j = 0; j < other.sizes[i]; j++) {
        offer(i, other.heaps[i * k + j]);
      }
    }
  }

  /**
   * The best first; takes the worst from the top as long as there is one. Places for which there is
   * none get -1 and NaN.
   */
  void finish(int query, int to, int[] indices, float[] similarities) {
    int found = sizes[query];
    Arrays.fill(indices, to + found, to + k, -1);
    Arrays.fill(similarities, to + found, to + k, Float.NaN);
    int top = query * k;
    for (int size = found; size > 0; size--) {
      long worst = heaps[top];
      indices[to + size - 1] = Candidate.row(worst);
      similarities[to + size - 1] = Candidate.similarity(worst);
      sink(top, size - 1, heaps[top + size - 1]);
    }
  }
}
