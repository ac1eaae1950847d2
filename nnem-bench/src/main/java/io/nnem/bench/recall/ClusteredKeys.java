package io.nnem.bench.recall;

import io.nnem.core.Seeds;
import java.util.SplittableRandom;

/**
 * Keys as an embedder of images makes them, in 64 dimensions: ten classes, each spread along ten
 * directions, and a little noise. A trained embedder's keys of MNIST, moved by up to two pixels,
 * have nearest neighbours at about the same distances, and are a little easier to find by cells.
 */
final class ClusteredKeys {

  static final int SIZE = 64;

  private static final int CLASSES = 10;
  private static final int DIRECTIONS = 10;
  private static final double SPREAD = 0.5;
  private static final double NOISE = 0.3;

  private final double[][][] directions = new double[CLASSES][DIRECTIONS + 1][SIZE];
  private final SplittableRandom random;

  /** The same seed draws other keys of the same classes for each purpose. */
  ClusteredKeys(long seed, String purpose) {
    SplittableRandom classes = Seeds.random(seed, "classes");
    for (double[][] those : directions) {
      for (double[] direction : those) {
        for (int j = 0; j < SIZE; j++) {
          direction[j] = gaussian(classes) / Math.sqrt(SIZE);
        }
      }
    }
    random = Seeds.random(seed, purpose);
  }

  private static double gaussian(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }

  /** The next keys, {@code count x SIZE}. */
  float[] next(int count) {
    float[] keys = new float[count * SIZE];
    double[] key = new double[SIZE];
    for (int i = 0; i < count; i++) {
      double[][] those = directions[random.nextInt(CLASSES)];
      System.arraycopy(those[DIRECTIONS], 0, key, 0, SIZE);
      for (int direction = 0; direction < DIRECTIONS; direction++) {
        double along = SPREAD * gaussian(random);
        for (int j = 0; j < SIZE; j++) {
          key[j] += along * those[direction][j];
        }
      }
      for (int j = 0; j < SIZE; j++) {
        keys[i * SIZE + j] = (float) (key[j] + NOISE * gaussian(random) / Math.sqrt(SIZE));
      }
    }
    return keys;
  }
}
