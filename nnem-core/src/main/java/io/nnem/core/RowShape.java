package io.nnem.core;

/**
 * What the floats of a row stand for: an image of {@code height x width} places with {@code
 * channels} floats each. They stand line by line, the channels of a place side by side: the float
 * of channel {@code c} at line {@code y}, place {@code x} is number {@code (y * width + x) *
 * channels + c} of the row. A row that is no image is a line of places with one channel: see {@link
 * #flat}.
 *
 * @param height lines
 * @param width places of a line
 * @param channels floats of a place
 */
public record RowShape(int height, int width, int channels) {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is below 1, or a row would have 2^31 floats or more
   */
  public RowShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "Height, width and channels of a row must be 1 or more, but they are "
              + height
              + " x "
              + width
              + " x "
              + channels
              + ".");
    }
    if ((double) height * width * channels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A row of " + height + " x " + width + " x " + channels + " floats is too large.");
    }
  }

  /**
   * A row that is no image.
   *
   * @param size its floats, at least 1
   * @return {@code 1 x size x 1}
   */
  public static RowShape flat(int size) {
    return new RowShape(1, size, 1);
  }

  /**
   * Floats of a row.
   *
   * @return {@code height * width * channels}
   */
  public int size() {
    return height * width * channels;
  }

  @Override
  public String toString() {
    return height + " x " + width + " x " + channels;
  }
}
