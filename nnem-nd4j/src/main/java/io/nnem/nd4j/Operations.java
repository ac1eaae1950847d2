package io.nnem.nd4j;

/**
 * What a back end divides among threads. Each calling thread has its own, whose arguments are set
 * anew by each call: so a call makes no object. Rows are taken in blocks, so that what comes after
 * a product finds it in the cache.
 */
final class Operations {

  /**
   * Multiplications worth a thread of their own: some 10 microseconds of a fast processor. Fewer
   * would be worth it to a thread that is awake, but one that sleeps takes 50 to wake.
   */
  static final long FEWEST_PRODUCTS = 1L << 20;

  /**
   * Floats of a block: 4 MB, which stay in the last cache beside what others keep there. Blocks for
   * the second one would be too small: each product first packs the weights, and that is as much
   * work for few rows as for many.
   */
  private static final int BLOCK = 1 << 20;

  private static final int FEWEST_ROWS = 64;

  final DenseForward dense;
  final DenseBackward denseBackward;
  final AdamUpdate adam;
  final NativeReading reading;
  final NativeReadingBackward readingBackward;
  final NearestKeys nearest;
  final NearestCandidates nearestCandidates;

  Operations(Kernels kernels, Workers workers) {
    ReadingShape shape = new ReadingShape(kernels);
    dense = new DenseForward(kernels, workers);
    denseBackward = new DenseBackward(kernels, workers);
    adam = new AdamUpdate(kernels, workers);
    reading = new NativeReading(shape, workers);
    readingBackward = new NativeReadingBackward(shape, workers);
    nearest = new NearestKeys(shape, workers);
    nearestCandidates = new NearestCandidates(kernels, workers);
  }

  static int blockRows(int columns) {
    return Math.max(FEWEST_ROWS, BLOCK / columns & ~15); // kernels like whole blocks of 16
  }
}
