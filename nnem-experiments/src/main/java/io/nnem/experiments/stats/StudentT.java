package io.nnem.experiments.stats;

/**
 * Student's t distribution.
 *
 * <p>The cumulative distribution is the regularised incomplete beta function: for t at least 0 and
 * n degrees of freedom, P(T &lt;= t) = 1 - I(n/2, 1/2; n/(n + t^2)) / 2 (Abramowitz and Stegun,
 * 26.7.1).
 */
public final class StudentT {
  private static final double[] LANCZOS = {
    0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531,
    -176.6150291621406, 12.507343278686905, -0.13857109526572012, 9.984369578019572e-6,
    1.5056327351493116e-7
  };

  private StudentT() {}

  /**
   * The value that T stays below with a given probability.
   *
   * @param probability above 0 and below 1
   * @param degrees degrees of freedom, at least 1
   * @return the quantile, with a relative error below 1e-9
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static double quantile(double probability, int degrees) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException("probability must be in (0, 1), but is " + probability);
    }
    if (degrees < 1) {
      throw new IllegalArgumentException("degrees must be at least 1, but is " + degrees);
    }
    if (probability < 0.5) {
      return -quantile(1 - probability, degrees);
    }
    double low = 0;
    double high = 1;
    while (cumulative(high, degrees) < probability) {
      high *= 2;
    }
    for (int i = 0; i < 200 && high - low > 1e-12 * high; i++) {
      double middle = (low + high) / 2;
      if (cumulative(middle, degrees) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /**
   * The probability that T is at most t.
   *
   * @param t any number
   * @param degrees degrees of freedom, at least 1
   * @return a probability
   */
  public static double cumulative(double t, int degrees) {
    double tail = beta(degrees / 2.0, 0.5, degrees / (degrees + t * t)) / 2;
    return t >= 0 ? 1 - tail : tail;
  }

  /** The regularised incomplete beta function, by its continued fraction (Lentz). */
  private static double beta(double a, double b, double x) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    if (x > (a + 1) / (a + b + 2)) {
      return 1 - beta(b, a, 1 - x);
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    double c = 1;
    double d = 1 / atLeastTiny(1 - (a + b) * x / (a + 1));
    double fraction = d;
    for (int m = 1; m <= 10_000; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / atLeastTiny(1 + even * d);
      c = atLeastTiny(1 + even / c);
      fraction *= c * d;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / atLeastTiny(1 + odd * d);
      c = atLeastTiny(1 + odd / c);
      fraction *= c * d;
      if (Math.abs(c * d - 1) < 1e-15) {
        break;
      }
    }
    return front * fraction / a;
  }

  private static double atLeastTiny(double value) {
    return Math.abs(value) < 1e-300 ? 1e-300 : value;
  }

  /** Lanczos's approximation, for arguments of at least one half. */
  private static double logGamma(double x) {
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x - 1 + i);
    }
    double t = x + 6.5;
    return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
  }
}
