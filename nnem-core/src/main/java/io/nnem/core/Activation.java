package io.nnem.core;

/** The function that a dense layer applies to each of its sums. */
public enum Activation {
  /** {@code x}. */
  LINEAR,
  /** {@code max(x, 0)}. */
  RELU,
  /** {@code tanh(x)}. */
  TANH,
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID;

  /**
   * The activation at {@code x}.
   *
   * @param x the sum
   * @return the output
   */
  public double apply(double x) {
    return switch (this) {
      case LINEAR -> x;
      case RELU -> x > 0 ? x : 0;
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
    };
  }

  /**
   * The derivative, written in terms of the output, which is what a forward pass keeps.
   *
   * @param y the output, {@code apply(x)}
   * @return {@code d apply(x) / dx}
   */
  public double slope(double y) {
    return switch (this) {
      case LINEAR -> 1;
      case RELU -> y > 0 ? 1 : 0;
      case TANH -> 1 - y * y;
      case SIGMOID -> y * (1 - y);
    };
  }
}
