package io.nnem.experiments.sweep;

import io.nnem.report.table.Format;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a key is varied over: a list of values, or numbers from one to another.
 *
 * @param values as a condition writes them; empty for numbers
 * @param log whether numbers are spaced by ratio instead of by difference
 * @param count how many of them a grid has; 0 for no number of their own, which suits no grid
 */
record Range(List<String> values, double from, double to, boolean log, int count, boolean whole) {
  private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

  /** The values of a grid, each once. */
  List<String> grid() {
    return values.isEmpty()
        ? IntStream.range(0, count)
            .mapToObj(i -> at(count == 1 ? 0 : i / (count - 1.0)))
            .distinct()
            .toList()
        : values;
  }

  /** The value that a number from 0 to 1 falls on; all are as likely if it is drawn evenly. */
  String draw(double share) {
    List<String> steps = grid();
    return steps.isEmpty() ? at(share) : steps.get((int) (share * steps.size()));
  }

  private String at(double share) {
    double value = log ? from * Math.pow(to / from, share) : from + share * (to - from);
    BigDecimal rounded =
        whole
            ? BigDecimal.valueOf(Math.rint(value)).setScale(0, RoundingMode.UNNECESSARY)
            : new BigDecimal(value).round(DIGITS);
    return Format.plain(rounded); // no exponent: a condition could not have its sign
  }
}
