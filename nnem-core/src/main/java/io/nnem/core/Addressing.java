package io.nnem.core;

/**
 * How a reading weighs memories: cosine similarity between query and key, then a normalisation.
 *
 * @param normalisation how similarities become weights
 * @param temperature what {@link Normalisation#SOFTMAX} divides similarities by, {@link
 *     #LOWEST_TEMPERATURE} to {@link #HIGHEST_TEMPERATURE}; unused by {@link Normalisation#SUM}
 */
public record Addressing(Normalisation normalisation, double temperature) {

  /**
   * Lengths below this count as this, so that a key of zeros has similarity 0 with everything
   * instead of NaN.
   */
  public static final double SMALLEST_LENGTH = 1e-8;

  /** 2^-126, about 1.2e-38: below it a temperature is no normal float. */
  public static final double LOWEST_TEMPERATURE = Float.MIN_NORMAL;

  /** 2^126, about 8.5e37: above it one over the temperature is no normal float. */
  public static final double HIGHEST_TEMPERATURE = 1.0 / Float.MIN_NORMAL;

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException if the temperature is not within its range
   */
  public Addressing {
    if (!(temperature >= LOWEST_TEMPERATURE && temperature <= HIGHEST_TEMPERATURE)) {
      throw new IllegalArgumentException(
          "The temperature must be from "
              + LOWEST_TEMPERATURE
              + " to "
              + HIGHEST_TEMPERATURE
              + ", for floats to hold it and one over it, but it is "
              + temperature
              + ".");
    }
  }

  /**
   * Softmax of cosine similarities.
   *
   * @param temperature what similarities are divided by; 0.1 suits embeddings of a few dozen floats
   * @return the addressing
   * @throws IllegalArgumentException if the temperature is not within its range
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
