package io.nnem.datasets;

/**
 * The generator SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). Any Java version computes the same
 * numbers, which {@code java.util.random} does not promise.
 */
final class SplitMix {
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  private SplitMix(long state) {
    this.state = state;
  }

  /** One of many generators of a seed, which have nothing to do with each other. */
  static SplitMix of(long seed, long index) {
    // Mixed twice: were it a sum, an index's numbers would be the last one's, moved by one.
    return new SplitMix(mix(mix(seed + GOLDEN_GAMMA) + index));
  }

  /** A number from 0 to bound - 1, each equally likely (Lemire, arXiv 1805.10941). */
  int below(int bound) {
    long product = (next() >>> 32) * bound;
    long rejected = (1L << 32) % bound;
    while ((product & 0xffffffffL) < rejected) {
      product = (next() >>> 32) * bound;
    }
    return (int) (product >>> 32);
  }

  /** A number from 0 to below 1, each multiple of 2^-53 equally likely. */
  double unit() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** True with this probability. */
  boolean happens(double probability) {
    return unit() < probability;
  }

  /** A number of the standard normal distribution (Box and Muller, 1958). */
  double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
    return radius * StrictMath.cos(2 * Math.PI * unit());
  }

  private long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
