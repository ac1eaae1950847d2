package io.nnem.experiments.compare;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.stats.TrialCurve;
import io.nnem.report.stats.Estimate;
import java.util.List;
import java.util.Optional;

/**
 * What a condition came to in a folder.
 *
 * @param trials those that ran to their end
 * @param accuracy after the last step, over the seeds; of a trial that diverged its last finite one
 * @param against what it is compared with; empty if that is itself, or there is nothing
 * @param difference its accuracy minus that, over the seeds that both have
 */
record Row(
    String folder,
    Condition condition,
    List<TrialResult> trials,
    Estimate accuracy,
    Optional<Row> against,
    Estimate difference) {

  static Row of(String folder, Condition condition, List<TrialResult> trials) {
    return new Row(
        folder,
        condition,
        trials,
        Estimate.of(trials.stream().mapToDouble(Row::last).toArray()),
        Optional.empty(),
        Estimate.of(new double[0]));
  }

  /** The same, compared with another, unless it is that or they have no seed in common. */
  Row against(Optional<Row> other) {
    Optional<Row> its = other.filter(row -> !row.equals(this));
    Estimate paired =
        Estimate.ofDifferences(
            trials, its.map(Row::trials).orElse(List.of()), TrialResult::seed, Row::last);
    return new Row(
        folder, condition, trials, accuracy, its.filter(row -> paired.count() > 0), paired);
  }

  int diverged() {
    return (int) trials.stream().filter(trial -> trial.divergence().isPresent()).count();
  }

  String place() {
    return folder + "/" + condition;
  }

  String reference() {
    return against.map(Row::place).orElse("");
  }

  private static double last(TrialResult trial) {
    return new TrialCurve(trial).last();
  }
}
