package io.nnem.experiments.stats;

import io.nnem.experiments.config.Condition;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Words;
import java.util.List;
import java.util.Locale;

/** How far the first condition is above the second in final validation accuracy, paired by seed. */
public record Comparison(Condition first, Condition second, Estimate difference) {
  /** What can be said. */
  public enum Verdict {
    /** The whole interval is above zero. */
    ABOVE(Words.Look.ABOVE),
    /** The whole interval is below zero. */
    BELOW(Words.Look.BELOW),
    /** Zero is inside the interval. */
    UNDECIDED(Words.Look.OPEN),
    /** There is only one seed, so nothing can be said. */
    ONE_SEED(Words.Look.OPEN);

    private final Words.Look mark;

    Verdict(Words.Look mark) {
      this.mark = mark;
    }

    /** What a table shows before the words. */
    public Words.Look mark() {
      return mark;
    }
  }

  /** What the interval says. */
  public Verdict verdict() {
    if (!difference.hasInterval()) {
      return Verdict.ONE_SEED;
    } else if (difference.low95() > 0) {
      return Verdict.ABOVE;
    } else if (difference.high95() < 0) {
      return Verdict.BELOW;
    }
    return Verdict.UNDECIDED;
  }

  /** The same in a sentence, such as "a is above b by 23.1 points [20.0, 26.2]". */
  public String sentence() {
    double sign = verdict() == Verdict.BELOW ? -1 : 1;
    String mean = points(sign * difference.mean()) + " points";
    List<String> ends =
        List.of(points(sign * difference.low95()), points(sign * difference.high95()));
    String interval =
        sign > 0
            ? " [" + ends.get(0) + ", " + ends.get(1) + "]"
            : " [" + ends.get(1) + ", " + ends.get(0) + "]";
    return switch (verdict()) {
      case ABOVE -> first + " is above " + second + " by " + mean + interval;
      case BELOW -> first + " is below " + second + " by " + mean + interval;
      case UNDECIDED ->
          "no difference can be told between " + first + " and " + second + ": " + mean + interval;
      case ONE_SEED ->
          first
              + " minus "
              + second
              + " is "
              + mean
              + "; one seed says nothing about how sure that is";
    };
  }

  private static String points(double share) {
    String text = String.format(Locale.ROOT, "%.1f", 100 * share);
    return text.equals("-0.0") ? "0.0" : text;
  }
}
