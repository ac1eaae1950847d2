package io.nnem.experiments.capacity;

import io.nnem.experiments.config.Condition;
import io.nnem.report.stats.Estimate;
import io.nnem.report.table.Words;

/**
 * How far a condition is from what stored observations reach, at one capacity, paired by seed.
 *
 * @param difference accuracy of the condition minus that of the reference
 * @param keptBytes what the condition keeps for a memory beside key and value
 */
public record CapacityComparison(
    Condition condition, Condition reference, int capacity, Estimate difference, long keptBytes) {
  /** As near as this counts as level: one point. */
  public static final double NEAR = 0.01;

  /** What can be said. */
  public enum Verdict {
    /** The whole interval is within a point of the reference, or above it. */
    NEAR(Words.Look.ABOVE, "within 1 point"),
    /** The mean is within a point of the reference, or above it; the interval is not. */
    NEAR_ON_AVERAGE(Words.Look.OPEN, "within 1 point on average, but not surely"),
    /** The mean is more than a point below; the interval does not rule out that it is not. */
    FAR_ON_AVERAGE(Words.Look.OPEN, "more than 1 point below on average, but not surely"),
    /** The whole interval is more than a point below. */
    FAR(Words.Look.BELOW, "more than 1 point below");

    private final Words.Look mark;
    private final String words;

    Verdict(Words.Look mark, String words) {
      this.mark = mark;
      this.words = words;
    }

    /** What stands behind "it is". */
    Words words() {
      return Words.of(mark, "").and(words);
    }
  }

  /** What the interval says; of one seed it is never sure. */
  public Verdict verdict() {
    if (difference.mean() >= -NEAR) {
      return difference.low95() >= -NEAR ? Verdict.NEAR : Verdict.NEAR_ON_AVERAGE;
    }
    return difference.high95() < -NEAR ? Verdict.FAR : Verdict.FAR_ON_AVERAGE;
  }

  public boolean near() {
    return difference.mean() >= -NEAR;
  }
}
