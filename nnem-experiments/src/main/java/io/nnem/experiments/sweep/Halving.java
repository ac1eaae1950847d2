package io.nnem.experiments.sweep;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.Trial;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.run.Trials;
import io.nnem.experiments.stats.TrialCurve;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Successive halving: all are trained for a few steps, the best of them anew for more, and so on.
 * The last are trained for all steps.
 *
 * @param eta one in so many goes on, and is trained for so many times the steps
 * @param floor steps below which nobody is cut
 */
record Halving(int eta, int floor) {
  static final String STEPS = "steps";

  /**
   * How many steps each round has, the fewest first; a single round if fewer steps than {@code
   * floor} came before it, or if there is nobody to cut.
   */
  List<Integer> rounds(int configurations, int steps) {
    List<Integer> rounds = new ArrayList<>(List.of(steps));
    double few = (double) steps / eta;
    for (long left = configurations; left > 1 && few >= floor; few /= eta) {
      rounds.add(0, (int) Math.ceil(few));
      left = (left + eta - 1) / eta;
    }
    return rounds;
  }

  /** The first trials: every condition with every seed, seed by seed. */
  List<Trial> first(List<Condition> conditions, int seeds, int steps) {
    return trials(conditions, seeds, rounds(conditions.size(), steps).get(0));
  }

  /**
   * The trials of the next round, from the results of all rounds until now; none after the last.
   */
  List<Trial> next(List<TrialResult> done, List<Condition> conditions, int seeds, int steps) {
    List<Integer> rounds = rounds(conditions.size(), steps);
    int now = done.stream().mapToInt(Halving::steps).max().orElse(0);
    int next = rounds.indexOf(now) + 1;
    if (next == rounds.size()) {
      return List.of();
    }
    Map<Condition, Double> accuracies =
        done.stream()
            .filter(result -> steps(result) == now)
            .collect(
                Collectors.groupingBy(
                    result -> result.condition().without(STEPS),
                    LinkedHashMap::new,
                    Collectors.averagingDouble(result -> new TrialCurve(result).last())));
    List<Condition> best =
        accuracies.entrySet().stream()
            .sorted(
                Map.Entry.comparingByValue(Comparator.reverseOrder())) // stable: ties as they came
            .limit((accuracies.size() + eta - 1) / eta)
            .map(Map.Entry::getKey)
            .toList();
    return trials(best, seeds, rounds.get(next));
  }

  private static int steps(TrialResult result) {
    return Integer.parseInt(result.condition().settings().get(STEPS));
  }

  private static List<Trial> trials(List<Condition> conditions, int seeds, int steps) {
    return Trials.plan(
        conditions.stream().map(each -> each.with(STEPS, String.valueOf(steps))).toList(), seeds);
  }
}
