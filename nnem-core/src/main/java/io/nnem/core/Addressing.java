package io.nnem.core;

/**
 * How a reading weighs memories: cosine similarity between query and key, then a normalisation.
 *
 * @param normalisation how similarities become weights
 * @param temperature what {@link Normalisation#SOFTMAX} divides similarities by, above 0; unused by
 *     {@link Normalisation#SUM}
 */
public record Addressing(Normalisation normalisation, double temperature) {

  /**
   * Lengths below this count as this, so that a key of zeros has similarity 0 with everything
   * instead of NaN.
   */
  public static final double SMALLEST_LENGTH = 1e-8;

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if the temperature is not a finite number above 0
   */
  public Addressing {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          "The temperature must be a finite number above 0, but it is " + temperature + ".");
    }
  }

  /**
   * Softmax of cosine similarities.
   *
   * @param temperature what similarities are divided by; 0.1 suits embeddings of a few dozen floats
   * @return the addressing
   */
  public static Addressing softmax(double temperature) {
    return new Addressing(Normalisation.SOFTMAX, temperature);
  }

  /**
   * Plain normalisation of cosine similarities.
   *
   * @return the addressing
   */
  public static Addressing sum() {
    return new Addressing(Normalisation.SUM, 1);
  }
}
