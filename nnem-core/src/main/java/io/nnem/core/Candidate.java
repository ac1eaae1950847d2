package io.nnem.core;

/**
 * A key that may be among the nearest to a query, packed into a {@code long}: of two candidates the
 * larger is the better one. So every back end orders them alike, and none makes an object for each.
 */
public final class Candidate {

  /** Below the bits of every number, so that NaN comes last. */
  private static final int NONE = Integer.MIN_VALUE;

  private Candidate() {}

  /**
   * Packs a candidate.
   *
   * @param similarity its similarity to the query; NaN is worse than every number, and -0 is 0
   * @param row the key's row; of equal similarities the lower row is better
   * @return the candidate
   */
  public static long of(float similarity, int row) {
    int order = Float.isNaN(similarity) ? NONE : flipped(Float.floatToRawIntBits(similarity + 0f));
    return (long) order << Integer.SIZE | (~row & 0xffffffffL);
  }

  /**
   * The key's row.
   *
   * @param candidate a candidate
   * @return its row
   */
  public static int row(long candidate) {
    return ~(int) candidate;
  }

  /**
   * The similarity.
   *
   * @param candidate a candidate
   * @return its similarity to the query
   */
  public static float similarity(long candidate) {
    int order = (int) (candidate >> Integer.SIZE);
    return order == NONE ? Float.NaN : Float.intBitsToFloat(flipped(order));
  }

  /** The bits of floats in the order of ints, and back: those of negative numbers are reversed. */
  private static int flipped(int bits) {
    return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
  }
}
