package io.nnem.datasets;

/**
 * Random orders that any Java version computes alike, which {@code java.util.random} does not
 * promise for bounded integers: a saved run must go on with the same batches years later.
 */
final class Permutation {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  private Permutation(long state) {
    this.state = state;
  }

  /**
   * The numbers 0 to size - 1 in an order that follows from seed and epoch (Fisher and Yates's
   * shuffle, with the SplitMix64 generator of Steele, Lea and Flood, OOPSLA 2014).
   *
   * @param size how many numbers, at least 0
   * @param seed any number
   * @param epoch any number
   * @return the order, a fresh array
   */
  static int[] of(int size, long seed, long epoch) {
    // Mixed twice: were it a sum, an epoch's numbers would be the last one's, moved by one.
    Permutation random = new Permutation(mix(mix(seed + GOLDEN_GAMMA) + epoch));
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** A number from 0 to bound - 1, each equally likely (Lemire, arXiv 1805.10941). */
  private int below(int bound) {
    long product = next32() * bound;
    long rejected = (1L << 32) % bound;
    while ((product & 0xffffffffL) < rejected) {
      product = next32() * bound;
    }
    return (int) (product >>> 32);
  }

  private long next32() {
    state += GOLDEN_GAMMA;
    return mix(state) >>> 32;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
