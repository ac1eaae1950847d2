package io.nnem.report.table;

import io.nnem.report.stats.Estimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.function.Function;

/**
 * How the values of a column are written: the same in every country, and without digits that say
 * nothing.
 *
 * @param <V> the type of the values
 * @param number whether they stand on the right
 * @param words what is written
 */
public record Format<V>(boolean number, Function<? super V, Words> words) {
  private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);
  private static final String NOTHING = "\u2013";

  /** A text as it is. */
  public static final Format<Object> TEXT = new Format<>(false, text -> Words.of(text.toString()));

  /** A name as it is written in files. */
  public static final Format<Object> CODE =
      new Format<>(false, text -> Words.of(Words.Look.CODE, text.toString()));

  /** Words as they are. */
  public static final Format<Words> WORDS = new Format<>(false, words -> words);

  /** A number that is written already, or a whole one. */
  public static final Format<Object> PLAIN = of(String::valueOf);

  /** A whole number with commas. */
  public static final Format<Number> GROUPED = of(n -> text("%,d", n.longValue()));

  /** A count of what went wrong. */
  public static final Format<Integer> BAD_COUNT =
      new Format<>(true, n -> n == 0 ? Words.of("0") : Words.of(Words.Look.BAD, n.toString()));

  /** A share of one: six decimals are finer than one image in any data set that we know. */
  public static final Format<Double> SHARE = of(value -> decimals(value, 6));

  /** The same, and nothing where there is no number. */
  public static final Format<Double> SHARE_OR_EMPTY = of(v -> v.isNaN() ? "" : decimals(v, 6));

  /** Six significant digits. */
  public static final Format<Double> SIGNIFICANT = of(Format::significant);

  /** The same, and nothing where there is no number. */
  public static final Format<Double> SIGNIFICANT_OR_EMPTY =
      of(v -> v.isNaN() ? "" : significant(v));

  /** At most three decimals. */
  public static final Format<Double> THREE_DECIMALS = of(value -> decimals(value, 3));

  /** The mean of a share in per cent. */
  public static final Format<Estimate> PERCENT = of(estimate -> percent(estimate.mean()));

  /** The interval of a share in per cent. */
  public static final Format<Estimate> PERCENT_INTERVAL =
      of(e -> e.hasInterval() ? percent(e.low95()) + " to " + percent(e.high95()) : NOTHING);

  /** Two decimals, of ASCII alone. */
  public static final Format<Double> TWO_DECIMALS = of(value -> text("%.2f", value));

  /** A mean and half of its 95% interval with three decimals, of ASCII alone. */
  public static final Format<Estimate> TERMINAL = of(Format::terminal);

  /** Numbers that are written in some way. */
  public static <V> Format<V> of(Function<? super V, String> text) {
    return new Format<>(true, value -> Words.of(text.apply(value)));
  }

  /** So many decimals, zeros too; a dash where there is no number. */
  public static Format<Double> fixed(int decimals) {
    return of(value -> fixed(value, decimals));
  }

  /** A mean and half of its 95% interval, with so many decimals. */
  public static Format<Estimate> estimate(int decimals) {
    return of(estimate -> estimate(estimate, decimals));
  }

  /** A mean and half of its 95% interval; a dash where there is no number. */
  public static String estimate(Estimate estimate, int decimals) {
    String mean = fixed(estimate.mean(), decimals);
    return estimate.hasInterval() && Double.isFinite(estimate.mean())
        ? mean + " \u00b1 " + fixed(estimate.halfWidth(), decimals)
        : mean;
  }

  /** A mean and half of its 95% interval with three decimals, of ASCII alone. */
  public static String terminal(Estimate estimate) {
    String mean = text("%.3f", estimate.mean());
    return estimate.hasInterval() ? mean + " +- " + text("%.3f", estimate.halfWidth()) : mean;
  }

  /** A share of one in per cent, with a decimal. */
  public static String percent(double share) {
    String text = text("%.1f", 100 * share);
    return text.equals("-0.0") ? "0.0" : minus(text);
  }

  private static String fixed(double value, int decimals) {
    return Double.isFinite(value) ? minus(text("%." + decimals + "f", value)) : NOTHING;
  }

  private static String text(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String minus(String text) {
    return text.replace('-', '\u2212');
  }

  private static String decimals(double value, int decimals) {
    return Double.isFinite(value)
        ? plain(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN))
        : String.valueOf(value);
  }

  private static String significant(double value) {
    if (!Double.isFinite(value)) {
      return String.valueOf(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS);
    boolean readable = value == 0 || (Math.abs(value) >= 1e-6 && Math.abs(value) < 1e12);
    return readable ? plain(rounded) : rounded.stripTrailingZeros().toString();
  }

  /** A number without an exponent and without idle zeros. */
  public static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
