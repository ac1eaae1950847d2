package io.nnem.datasets;

/**
 * Random orders that any Java version computes alike, which {@code java.util.random} does not
 * promise for bounded integers: a saved run must go on with the same batches years later.
 */
final class Permutation {
  private Permutation() {}

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
    SplitMix random = SplitMix.of(seed, epoch);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
