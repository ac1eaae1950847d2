package io.nnem.core;

/**
 * A loss between predictions {@code p} and targets {@code t}, both {@code n x m}: summed over the
 * columns, averaged over the rows.
 */
public enum Loss {
  /** {@code -sum t log(p + 1e-8)}: for rows of probabilities against one-hot targets. */
  CROSS_ENTROPY,
  /** {@code sum (p - t)^2 / 2}. */
  SQUARED_ERROR,
  /**
   * {@code -sum [t log p + (1 - t) log(1 - p)]}, with {@code p} held within {@code [1e-7, 1 -
   * 1e-7]}: for outputs of a sigmoid against targets in [0, 1]. A network that ends with a sigmoid
   * does not use the slope, but the derivative with respect to the sigmoid's input, {@code p - t}:
   * see {@link io.nnem.core.network.Network#backward(ForwardPass, Loss, Object, Object)}.
   */
  BINARY_CROSS_ENTROPY;

  private static final double FLOOR = 1e-8;
  private static final double MARGIN = 1e-7;

  /**
   * One entry's share of the loss, before the average over rows.
   *
   * @param p the prediction
   * @param t the target
   * @return the loss
   */
  public double value(double p, double t) {
    return switch (this) {
      case CROSS_ENTROPY -> t == 0 ? 0 * p : -t * Math.log(p + FLOOR); // 0 * NaN stays visible
      case SQUARED_ERROR -> (p - t) * (p - t) / 2;
      case BINARY_CROSS_ENTROPY -> {
        double q = within(p);
        double log = t == 0 ? 0 : t * Math.log(q); // most pixels are exactly 0
        yield -(t == 1 ? log : log + (1 - t) * Math.log(1 - q));
      }
    };
  }

  /**
   * The derivative of {@link #value} with respect to the prediction. Of the binary cross-entropy
   * beyond its bounds, where the value is constant, it is the slope at the nearer bound instead, so
   * that a prediction that is certain and wrong can still be corrected.
   *
   * @param p the prediction
   * @param t the target
   * @return {@code d value / dp}
   */
  public double slope(double p, double t) {
    return switch (this) {
      case CROSS_ENTROPY -> t == 0 ? 0 * p : -t / (p + FLOOR);
      case SQUARED_ERROR -> p - t;
      case BINARY_CROSS_ENTROPY -> {
        double q = within(p);
        yield (q - t) / (q * (1 - q));
      }
    };
  }

  // NaN passes through both comparisons, so that a divergence stays visible.
  private static double within(double p) {
    return p < MARGIN ? MARGIN : p > 1 - MARGIN ? 1 - MARGIN : p;
  }
}
