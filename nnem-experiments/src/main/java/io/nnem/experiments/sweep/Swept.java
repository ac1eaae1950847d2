package io.nnem.experiments.sweep;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.stats.TrialCurve;
import io.nnem.report.stats.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a configuration came to, with the most steps that it was trained for.
 *
 * @param accuracy over the seeds
 * @param behind its accuracy minus that of the best, over the seeds that both have
 */
record Swept(
    Condition condition,
    Map<String, String> values,
    List<Row> rows,
    Estimate accuracy,
    Estimate behind) {
  /**
   * A trial, of a condition without what was varied; one that diverged has its last finite
   * accuracy.
   */
  record Row(
      Condition condition,
      Map<String, String> values,
      int steps,
      long seed,
      double accuracy,
      boolean diverged) {}

  /** The trials, by round, configuration and seed. */
  static List<Row> rows(List<TrialResult> results, ExperimentConfig config, SweepPlan plan) {
    return results.stream()
        .map(
            result -> {
              Map<String, String> values = new LinkedHashMap<>();
              plan.vary()
                  .keySet()
                  .forEach(key -> values.put(key, result.condition().settings().get(key)));
              values.remove(Halving.STEPS); // which every row has
              return new Row(
                  plan.base(result.condition()),
                  values,
                  config.forCondition(result.condition()).training().steps(),
                  result.seed(),
                  new TrialCurve(result).last(),
                  result.divergence().isPresent());
            })
        .toList();
  }

  /** The configurations, the best first: of those that were trained longest the most accurate. */
  static List<Swept> of(List<Row> rows, boolean halving) {
    Map<List<Object>, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      List<Object> key = List.of(row.condition(), row.values(), halving ? 0 : row.steps());
      List<Row> group = groups.computeIfAbsent(key, its -> new ArrayList<>());
      if (!group.isEmpty() && group.get(0).steps() < row.steps()) {
        group.clear();
      }
      if (group.isEmpty() || group.get(0).steps() == row.steps()) {
        group.add(row);
      }
    }
    Comparator<List<Row>> byAccuracy =
        Comparator.comparingDouble(
            group -> group.stream().mapToDouble(Row::accuracy).average().orElse(0));
    Comparator<List<Row>> bySteps =
        Comparator.comparingInt(group -> halving ? group.get(0).steps() : 0);
    List<List<Row>> sorted =
        groups.values().stream().sorted(bySteps.thenComparing(byAccuracy).reversed()).toList();
    return sorted.stream().map(group -> of(group, sorted.get(0))).toList();
  }

  private static Swept of(List<Row> group, List<Row> best) {
    Row first = group.get(0);
    return new Swept(
        first.condition(),
        first.values(),
        group,
        Estimate.of(group.stream().mapToDouble(Row::accuracy).toArray()),
        Estimate.ofDifferences(group, best, Row::seed, Row::accuracy));
  }

  int steps() {
    return rows.get(0).steps();
  }

  int diverged() {
    return (int) rows.stream().filter(Row::diverged).count();
  }
}
