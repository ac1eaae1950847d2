package io.nnem.autoencoder;

import java.util.Arrays;

/**
 * The range of each dimension of a code, and with it the affine map between a float and one of 256
 * levels:
 *
 * <pre>{@code
 * level(x) = round(255 (x - low) / (high - low)), held within 0 to 255
 * value(l) = low + l (high - low) / 255
 * }</pre>
 *
 * so that {@code |value(level(x)) - x| <= (high - low) / 510} within the range. A dimension whose
 * ends are equal has one level. Never changes.
 */
public final class CodeRanges {

  private static final int LEVELS = 255;

  private final float[] low;
  private final float[] high;

  /**
   * Copies the ends.
   *
   * @param low the lower end of each dimension
   * @param high the upper end of each, not below the lower
   * @throws IllegalArgumentException if there is no dimension, there are not as many lower ends as
   *     upper ones, or a range is empty or not finite
   */
  public CodeRanges(float[] low, float[] high) {
    if (low.length == 0 || low.length != high.length) {
      throw new IllegalArgumentException(
          "A code's ranges need as many lower ends as upper ones, and one or more, but there are "
              + low.length
              + " and "
              + high.length
              + ".");
    }
    for (int i = 0; i < low.length; i++) {
      if (!(low[i] <= high[i]) || Float.isInfinite(low[i]) || Float.isInfinite(high[i])) {
        throw new IllegalArgumentException(
            "The range of a code's dimension "
                + i
                + " must be finite and not empty, but it is from "
                + low[i]
                + " to "
                + high[i]
                + ".");
      }
    }
    this.low = low.clone();
    this.high = high.clone();
  }

  /**
   * The smallest and largest of some codes.
   *
   * @param codes {@code rows x size}, row by row; may be longer
   * @param rows at least 1
   * @param size dimensions of a code
   * @return their ranges
   * @throws IllegalArgumentException if a code is not finite
   */
  public static CodeRanges of(float[] codes, int rows, int size) {
    float[] low = Arrays.copyOf(codes, size);
    float[] high = Arrays.copyOf(codes, size);
    for (int i = size; i < rows * size; i++) {
      low[i % size] = Math.min(low[i % size], codes[i]); // Math.min keeps NaN
      high[i % size] = Math.max(high[i % size], codes[i]);
    }
    return new CodeRanges(low, high);
  }

  /**
   * The ranges that hold these and others.
   *
   * @param other of as many dimensions
   * @return new ranges
   */
  public CodeRanges including(CodeRanges other) {
    float[] lower = low.clone();
    float[] upper = high.clone();
    for (int i = 0; i < low.length; i++) {
      lower[i] = Math.min(lower[i], other.low[i]);
      upper[i] = Math.max(upper[i], other.high[i]);
    }
    return new CodeRanges(lower, upper);
  }

  /**
   * How many dimensions.
   *
   * @return at least 1
   */
  public int size() {
    return low.length;
  }

  /**
   * The lower ends.
   *
   * @return a copy
   */
  public float[] low() {
    return low.clone();
  }

  /**
   * The upper ends.
   *
   * @return a copy
   */
  public float[] high() {
    return high.clone();
  }

  /**
   * The level that is nearest to a value.
   *
   * @param dimension from 0 to size - 1
   * @param value any; outside the range the nearer end counts
   * @return from 0 to 255, as an unsigned byte
   */
  public byte level(int dimension, float value) {
    float width = high[dimension] - low[dimension];
    if (width == 0) {
      return 0;
    }
    int level = Math.round(LEVELS * (value - low[dimension]) / width);
    return (byte) Math.max(0, Math.min(LEVELS, level));
  }

  /**
   * The value of a level.
   *
   * @param dimension from 0 to size - 1
   * @param level from {@link #level}
   * @return a value within the range
   */
  public float value(int dimension, byte level) {
    float share = Byte.toUnsignedInt(level) / (float) LEVELS;
    return low[dimension] + share * (high[dimension] - low[dimension]);
  }
}
