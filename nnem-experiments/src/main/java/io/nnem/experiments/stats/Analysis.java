package io.nnem.experiments.stats;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.TrialResult;
import io.nnem.report.stats.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything that is computed from the results of a run; the comparisons are the paper's claims,
 * and every condition against none.
 */
public record Analysis(
    List<Analysis.Summary> summary, List<Comparison> comparisons, List<Curve> curves) {
  /**
   * What one condition came to.
   *
   * @param accuracy final validation accuracy over the seeds, diverged trials included
   * @param retainedBytesPerMemory the most that a trial kept for a memory beside key and value
   * @param stepMillis time of a training step, in milliseconds; the mean over trials
   */
  public record Summary(
      Condition condition,
      Estimate accuracy,
      int diverged,
      long retainedBytesPerMemory,
      double stepMillis) {}

  private static final String NONE = "none";
  private static final String EXACT = "exact-reinstatement";
  private static final String APPROXIMATE = "approximate-reinstatement";
  private static final String SYNTHETIC = "synthetic-gradient";

  public Analysis {
    summary = List.copyOf(summary);
    comparisons = List.copyOf(comparisons);
    curves = List.copyOf(curves);
  }

  /**
   * Analyses the trials that ran to their end, in the order in which the conditions are to appear;
   * those without a result do not.
   */
  public static Analysis of(List<TrialResult> results) {
    Map<Condition, List<TrialResult>> byCondition =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    TrialResult::condition, LinkedHashMap::new, Collectors.toList()));
    SortedSet<Integer> steps = steps(results);
    List<Summary> summary = new ArrayList<>();
    List<Curve> curves = new ArrayList<>();
    byCondition.forEach(
        (condition, trials) -> {
          summary.add(summary(condition, trials));
          curves.add(curve(condition, trials, steps));
        });
    return new Analysis(summary, comparisons(byCondition), curves);
  }

  /** Of all conditions: the line of one that diverged goes on to the end as well. */
  private static SortedSet<Integer> steps(List<TrialResult> results) {
    return results.stream()
        .flatMap(result -> result.measurements().stream())
        .filter(measurement -> measurement.split().equals(Measurement.VALIDATION))
        .map(Measurement::step)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Summary summary(Condition condition, List<TrialResult> trials) {
    return new Summary(
        condition,
        Estimate.of(trials.stream().mapToDouble(Analysis::finalAccuracy).toArray()),
        (int) trials.stream().filter(trial -> trial.divergence().isPresent()).count(),
        trials.stream().mapToLong(TrialResult::retainedBytesPerMemory).max().orElse(0),
        trials.stream().mapToDouble(TrialResult::stepMillis).average().orElse(Double.NaN));
  }

  private static double finalAccuracy(TrialResult trial) {
    return new TrialCurve(trial).last();
  }

  private static Curve curve(
      Condition condition, List<TrialResult> trials, SortedSet<Integer> steps) {
    List<TrialCurve> lines = new ArrayList<>();
    List<Curve.Cross> crosses = new ArrayList<>();
    for (TrialResult trial : trials) {
      TrialCurve line = new TrialCurve(trial);
      lines.add(line);
      trial
          .divergence()
          .ifPresent(
              divergence ->
                  crosses.add(
                      new Curve.Cross(
                          trial.seed(),
                          divergence.step(),
                          line.at(divergence.step()),
                          divergence.reason())));
    }
    List<Curve.Point> points =
        steps.stream()
            .map(
                step ->
                    new Curve.Point(
                        step,
                        Estimate.of(lines.stream().mapToDouble(line -> line.at(step)).toArray())))
            .toList();
    crosses.sort(Comparator.comparingInt(Curve.Cross::step).thenComparing(Curve.Cross::seed));
    return new Curve(condition, points, crosses);
  }

  private static List<Comparison> comparisons(Map<Condition, List<TrialResult>> byCondition) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Condition first : byCondition.keySet()) {
      for (Condition second : byCondition.keySet()) {
        if (isClaimed(first, second)) {
          Estimate difference =
              Estimate.ofDifferences(
                  byCondition.get(first),
                  byCondition.get(second),
                  TrialResult::seed,
                  Analysis::finalAccuracy);
          if (difference.count() > 0) {
            comparisons.add(new Comparison(first, second, difference));
          }
        }
      }
    }
    comparisons.sort(Comparator.comparingInt(Analysis::rank));
    return comparisons;
  }

  /**
   * Exact above approximate, from the same source; exact above synthetic; all above none. With the
   * same settings of their own, or against none without any.
   */
  private static boolean isClaimed(Condition first, Condition second) {
    boolean alike = second.settings().equals(first.settings());
    if (second.assigner().equals(NONE)) {
      return !first.equals(second) && (alike || second.settings().isEmpty());
    }
    return alike
        && first.assigner().equals(EXACT)
        && (second.assigner().equals(SYNTHETIC)
            || (second.assigner().equals(APPROXIMATE)
                && second.reinstatement().equals(first.reinstatement())));
  }

  private static int rank(Comparison comparison) {
    return switch (comparison.second().assigner()) {
      case APPROXIMATE -> 0;
      case SYNTHETIC -> 1;
      default -> 2;
    };
  }
}
