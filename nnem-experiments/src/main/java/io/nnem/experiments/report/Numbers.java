package io.nnem.experiments.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as they stand in files: the same in every country, and without digits that say nothing.
 */
final class Numbers {
  private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

  private Numbers() {}

  /** At most so many decimals. */
  static String decimals(double value, int decimals) {
    return Double.isFinite(value)
        ? plain(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN))
        : String.valueOf(value);
  }

  /** A share of one: six decimals are finer than one image in any data set that we know. */
  static String share(double value) {
    return decimals(value, 6);
  }

  /** Nothing where there is no number. */
  static String shareOrEmpty(double value) {
    return Double.isNaN(value) ? "" : share(value);
  }

  /** Six significant digits. */
  static String significant(double value) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS);
    boolean readable = value == 0 || (Math.abs(value) >= 1e-6 && Math.abs(value) < 1e12);
    return readable ? plain(rounded) : rounded.stripTrailingZeros().toString();
  }

  /** Nothing where there is no number. */
  static String significantOrEmpty(double value) {
    return Double.isNaN(value) ? "" : significant(value);
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
