package io.nnem.nd4j;

/**
 * The exponential of many numbers at once: loops without branches, which the compiler vectorises.
 *
 * <p>{@code exp(x) = 2^n exp(f)} with {@code n} the whole number next to {@code x / ln 2}, and
 * {@code exp(f)}, {@code |f| <= ln 2 / 2}, by its Taylor series to degree 7: within 3e-7 relative.
 * What comes out below 4e-18 is 0: beside one it is nothing, and the denormal numbers that it leads
 * to make a product a hundred times slower.
 */
final class Exponential {

  /** exp(-41) is 2e-18, which is flushed; exp(41) leaves the sigmoid as little. */
  private static final float LIMIT = 41f;

  private static final float LOG2_E = 1.442695f;
  private static final float LN2_HIGH = 0x1.63p-1f; // nine bits, so that n times it is exact
  private static final float LN2_LOW = (float) (0.6931471805599453 - LN2_HIGH);

  /** Added to a number below 2^22, it leaves the nearest whole number in the lowest bits. */
  private static final float ROUNDER = 0x1.8p23f;

  /** Adding it and taking it away rounds to a multiple of 7e-18. */
  static final float FLUSH = 1e-10f;

  private Exponential() {}

  /** {@code a = exp(a)} for numbers that are at most 41, or NaN. */
  static void apply(Scratch scratch, int count, float[] a) {
    float[] x = scratch.tile(5, Scratch.TILE);
    for (int from = 0; from < count; from += Scratch.TILE) {
      int here = Math.min(Scratch.TILE, count - from);
      System.arraycopy(a, from, x, 0, here);
      ofTile(scratch, here, x);
      System.arraycopy(x, 0, a, from, here);
    }
  }

  private static void ofTile(Scratch scratch, int count, float[] x) {
    float[] n = scratch.tile(6, Scratch.TILE);
    for (int i = 0; i < count; i++) {
      float y = Math.min(Math.max(x[i], -LIMIT), LIMIT);
      float rounded = y * LOG2_E + ROUNDER;
      n[i] = rounded;
      float whole = rounded - ROUNDER;
      float f = y - whole * LN2_HIGH - whole * LN2_LOW;
      float p = 1f / 5040;
      p = p * f + 1f / 720;
      p = p * f + 1f / 120;
      p = p * f + 1f / 24;
      p = p * f + 1f / 6;
      p = p * f + 0.5f;
      p = p * f + 1f;
      x[i] = p * f + 1f;
    }
    scratch.powersOfTwo(count, n);
    for (int i = 0; i < count; i++) {
      x[i] = x[i] * n[i] + FLUSH - FLUSH;
    }
  }
}
