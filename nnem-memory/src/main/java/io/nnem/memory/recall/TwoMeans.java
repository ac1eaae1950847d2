package io.nnem.memory.recall;

import java.util.Arrays;

/**
 * Divides directions into two groups that point apart, each of a quarter of them at least: 2-means
 * by cosine similarity.
 */
final class TwoMeans {

  private static final int ROUNDS = 5;

  private final float[] rows;
  private final int size;
  private final int count;
  private final float[] first;
  private final float[] second;

  /**
   * Of rows of unit length.
   *
   * @param rows {@code count x size}
   */
  private TwoMeans(float[] rows, int size) {
    this.rows = rows;
    this.size = size;
    this.count = rows.length / size;
    this.first = new float[size];
    this.second = new float[size];
  }

  /**
   * Divides.
   *
   * @param rows at least 2, of unit length, {@code n x size}
   * @param order receives the rows' numbers, those of the first group first; {@code n}
   * @return how many the first group has
   */
  static int divide(float[] rows, int size, int[] order) {
    return new TwoMeans(rows, size).divide(order);
  }

  private int divide(int[] order) {
    for (int i = 0; i < count; i++) {
      add(i, first);
    }
    copy(farthest(first), first);
    copy(farthest(first), second);
    for (int round = 0; round < ROUNDS; round++) {
      boolean[] nearer = new boolean[count];
      for (int i = 0; i < count; i++) {
        nearer[i] = difference(i) >= 0;
      }
      Arrays.fill(first, 0);
      Arrays.fill(second, 0);
      for (int i = 0; i < count; i++) {
        add(i, nearer[i] ? first : second);
      }
      normalise(first);
      normalise(second);
    }
    long[] sorted = new long[count]; // those that are most of the first group's come first
    int firsts = 0;
    for (int i = 0; i < count; i++) {
      float difference = difference(i);
      firsts += difference >= 0 ? 1 : 0;
      int bits = Float.floatToIntBits(-difference);
      sorted[i] = (long) (bits < 0 ? bits ^ Integer.MAX_VALUE : bits) << Integer.SIZE | i;
    }
    Arrays.sort(sorted);
    for (int i = 0; i < count; i++) {
      order[i] = (int) sorted[i];
    }
    int least = Math.max(1, count / 4);
    return Math.max(least, Math.min(count - least, firsts));
  }

  private void add(int row, float[] to) {
    for (int j = 0; j < size; j++) {
      to[j] += rows[row * size + j];
    }
  }

  private void copy(int row, float[] to) {
    System.arraycopy(rows, row * size, to, 0, size);
  }

  private int farthest(float[] from) {
    int farthest = 0;
    float least = Float.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      float product = dot(i, from);
      if (product < least) {
        least = product;
        farthest = i;
      }
    }
    return farthest;
  }

  private float difference(int row) {
    return dot(row, first) - dot(row, second);
  }

  private float dot(int row, float[] other) {
    float even = 0;
    float odd = 0;
    int from = row * size;
    int j = 0;
    for (; j + 1 < size; j += 2) { // two sums, for one would wait for itself
      even += rows[from + j] * other[j];
      odd += rows[from + j + 1] * other[j + 1];
    }
    return even + odd + (j < size ? rows[from + j] * other[j] : 0);
  }

  private void normalise(float[] mean) {
    float square = 0;
    for (float each : mean) {
      square += each * each;
    }
    if (square > 0) {
      float scale = (float) (1 / Math.sqrt(square));
      for (int j = 0; j < size; j++) {
        mean[j] *= scale;
      }
    }
  }
}
