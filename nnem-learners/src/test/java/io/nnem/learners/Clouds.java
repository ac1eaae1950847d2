package io.nnem.learners;

import java.util.SplittableRandom;

/** Three clouds of points, a label each: what every learner should learn, drawn by seed. */
final class Clouds {

  static final String[] NAMES = {"moss", "fern", "oak"};

  final float[][] rows;
  final int[] numbers;
  final String[] names;

  /** Columns beyond the second are noise. */
  Clouds(int count, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    rows = new float[count][columns];
    numbers = new int[count];
    names = new String[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(3);
      names[i] = NAMES[numbers[i]];
      for (int column = 0; column < columns; column++) {
        rows[i][column] = (float) (random.nextDouble() - 0.5);
      }
      rows[i][0] += (float) (1.2 * Math.sin(numbers[i] * 2.1));
      rows[i][1] += (float) (1.2 * Math.cos(numbers[i] * 2.1));
    }
  }
}
