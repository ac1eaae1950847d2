package io.nnem.experiments.audit;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.TrainingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What is audited, and when: after training steps, ascending, of which warm-up steps do not count.
 */
public record AuditPlan(Condition train, List<Condition> audited, List<Integer> at, int draws) {

  public AuditPlan {
    audited = List.copyOf(audited);
    at = List.copyOf(new TreeSet<>(at));
  }

  /**
   * Puts a plan together from what a user wrote; without steps to audit at, four, evenly spaced.
   */
  public static AuditPlan of(
      ExperimentConfig config, Condition train, List<Integer> at, int draws) {
    List<String> problems = new ArrayList<>();
    if (train.isClassifier() || config.conditions().stream().anyMatch(Condition::isClassifier)) {
      problems.add("classifier has no memory, and so no credit to audit; leave it out");
    }
    TrainingConfig its = config.forCondition(train).training();
    for (int step : at) {
      if (step < 0 || step > its.steps()) {
        problems.add("--at: " + step + " must be from 0 to steps, " + its.steps());
      } else if (step == 0 && its.warmupSteps() == 0) {
        problems.add("--at: without warmup-steps the memory is empty at 0; begin at 1");
      }
    }
    ConfigException.requireNone(problems);
    return new AuditPlan(train, config.conditions(), at.isEmpty() ? evenly(its) : at, draws);
  }

  /** Thirds; the first at the end of the warm-up, if there is one. */
  private static List<Integer> evenly(TrainingConfig training) {
    TreeSet<Integer> steps = new TreeSet<>();
    for (int third = training.warmupSteps() > 0 ? 0 : 1; third <= 3; third++) {
      steps.add((int) Math.round(training.steps() * third / 3.0));
    }
    return List.copyOf(steps);
  }
}
