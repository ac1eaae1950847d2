package io.nnem.experiments.audit;

import io.nnem.experiments.config.Condition;
import io.nnem.report.table.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came out for one condition, in words: a predicate, such as "keeps the direction at every
 * age".
 */
public record Finding(Condition condition, Verdict verdict, String words) {

  /** Below this cosine the direction counts as lost. */
  public static final double LOST = 0.5;

  private static final double TRUE = 0.9999;

  /** What can be said of a condition. */
  public enum Verdict {
    /** The cosine is {@link Finding#LOST} or above at every age. */
    KEEPS(Words.Look.ABOVE),
    /** It is below from some age on, or at some ages. */
    LOSES(Words.Look.BELOW),
    /** There is no credit at any age. */
    NONE(Words.Look.OPEN);

    final Words.Look mark;

    Verdict(Words.Look mark) {
      this.mark = mark;
    }
  }

  /** Words for each condition, from the last step that was audited. */
  public static List<Finding> of(List<AuditSummary> summaries) {
    Map<Condition, List<AuditSummary>> byCondition = new LinkedHashMap<>();
    for (AuditSummary summary : AuditSummary.last(summaries)) {
      if (summary.ages().isPresent() && Double.isFinite(summary.cosine().mean())) {
        byCondition.computeIfAbsent(summary.condition(), key -> new ArrayList<>()).add(summary);
      }
    }
    List<Finding> findings = new ArrayList<>();
    byCondition.forEach((condition, ages) -> findings.add(of(condition, ages)));
    return findings;
  }

  private static Finding of(Condition condition, List<AuditSummary> ages) {
    if (ages.stream().allMatch(age -> age.estimate(AuditRow::normRatio).mean() == 0)) {
      return new Finding(condition, Verdict.NONE, "gives no credit at any age.");
    }
    AuditSummary lowest = lowest(ages);
    if (lowest.cosine().mean() >= TRUE) {
      return new Finding(
          condition,
          Verdict.KEEPS,
          "has the true direction at every age: its cosine is nowhere below " + TRUE + ".");
    }
    if (lowest.cosine().mean() >= LOST) {
      return new Finding(
          condition,
          Verdict.KEEPS,
          "keeps the direction at every age; its lowest cosine is " + cosineAt(lowest) + ".");
    }
    int first = 0;
    while (ages.get(first).cosine().mean() >= LOST) {
      first++;
    }
    AuditSummary lost = ages.get(first);
    List<AuditSummary> rest = ages.subList(first, ages.size());
    String and = "";
    if (rest.stream().allMatch(age -> age.estimate(AuditRow::normRatio).mean() == 0)) {
      and = " It gives no credit from there on.";
    } else if (rest.stream().anyMatch(age -> age.cosine().mean() >= LOST)) {
      and = " It has the direction again at some later age.";
    } else if (!lost.equals(lowest)) {
      and = " Its lowest cosine is " + cosineAt(lowest) + ".";
    }
    String words =
        first == 0 && rest.stream().allMatch(age -> age.cosine().mean() < LOST)
            ? "has lost the direction at every age: its cosine is "
            : "loses the direction at age " + from(lost) + ": its cosine is ";
    return new Finding(condition, Verdict.LOSES, words + cosineAt(lost) + "." + and);
  }

  private static AuditSummary lowest(List<AuditSummary> ages) {
    return ages.stream().min(Comparator.comparingDouble(age -> age.cosine().mean())).orElseThrow();
  }

  private static long from(AuditSummary summary) {
    return summary.ages().orElseThrow().from();
  }

  private static String cosineAt(AuditSummary summary) {
    String age = summary.ages().orElseThrow().toString();
    return String.format(Locale.ROOT, "%.3f", summary.cosine().mean())
        + (age.contains(" ") ? " at ages " : " at age ")
        + age;
  }
}
