package io.nnem.experiments.run;

/** What may be done to an image of rows x columns pixels without changing its shape. */
enum Transformation {
  /** Nothing. */
  IDENTITY(false, false),
  /** Left and right change places. */
  MIRRORED(false, true),
  /** Top and bottom change places. */
  UPSIDE_DOWN(true, false),
  /** Both: half a turn. */
  BOTH(true, true);

  private final boolean vertical;
  private final boolean horizontal;

  Transformation(boolean vertical, boolean horizontal) {
    this.vertical = vertical;
    this.horizontal = horizontal;
  }

  /** Transforms the image that begins at {@code from}, in place. */
  void apply(float[] pixels, int from, int rows, int columns) {
    float[] image = new float[rows * columns];
    System.arraycopy(pixels, from, image, 0, image.length);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int sourceRow = vertical ? rows - 1 - row : row;
        int sourceColumn = horizontal ? columns - 1 - column : column;
        pixels[from + row * columns + column] = image[sourceRow * columns + sourceColumn];
      }
    }
  }
}
