package io.nnem.experiments.audit;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.TrainingConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is audited, and when.
 *
 * @param train the condition that is trained
 * @param audited the conditions whose credit is measured
 * @param at training steps after which it is measured, ascending; warm-up steps do not count
 * @param draws batches of queries in each measurement
 */
public record AuditPlan(Condition train, List<Condition> audited, List<Integer> at, int draws) {

  /** Batches of queries unless the user says otherwise. */
  public static final int DRAWS = 8;

  /**
   * Checks that there is something to do.
   *
   * @throws IllegalArgumentException if no step or no condition is named, or there are no draws
   */
  public AuditPlan {
    audited = List.copyOf(audited);
    at = List.copyOf(new TreeSet<>(at));
    if (audited.isEmpty() || at.isEmpty() || at.get(0) < 0 || draws < 1) {
      throw new IllegalArgumentException(
          "An audit needs conditions, steps from 0 on, and at least one draw, but has conditions "
              + audited
              + ", steps "
              + at
              + " and "
              + draws
              + " draws.");
    }
  }

  /**
   * Puts a plan together from what a user wrote.
   *
   * @param config its conditions are audited
   * @param train the condition to train
   * @param at steps with commas between them; null for four, evenly spaced
   * @param draws batches of queries
   * @return the plan
   * @throws ConfigException if a step cannot be audited, or there are no draws
   */
  public static AuditPlan of(ExperimentConfig config, Condition train, String at, int draws) {
    List<String> problems = new ArrayList<>();
    if (draws < 1) {
      problems.add("--draws is " + draws + "; it must be at least 1");
    }
    if (train.isClassifier() || config.conditions().stream().anyMatch(Condition::isClassifier)) {
      problems.add("classifier has no memory, and so no credit to audit; leave it out");
    }
    ExperimentConfig its = config.forCondition(train);
    List<Integer> steps = at == null ? evenly(its.training()) : parse(at, its.training(), problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new AuditPlan(train, config.conditions(), steps, draws);
  }

  /** Thirds; the first at the end of the warm-up, if there is one. */
  private static List<Integer> evenly(TrainingConfig training) {
    TreeSet<Integer> steps = new TreeSet<>();
    for (int third = training.warmupSteps() > 0 ? 0 : 1; third <= 3; third++) {
      steps.add((int) Math.round(training.steps() * third / 3.0));
    }
    return List.copyOf(steps);
  }

  private static List<Integer> parse(String text, TrainingConfig training, List<String> problems) {
    List<Integer> steps = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      try {
        int step = Integer.parseInt(item.strip());
        if (step < 0 || step > training.steps()) {
          problems.add(
              "--at " + text + ": " + step + " must be from 0 to steps, " + training.steps());
        } else if (step == 0 && training.warmupSteps() == 0) {
          problems.add(
              "--at " + text + ": without warmup-steps the memory is empty at 0; begin at 1");
        }
        steps.add(step);
      } catch (NumberFormatException e) {
        problems.add(
            "--at "
                + text
                + ": \""
                + item.strip()
                + "\" is no step; write whole numbers, as in"
                + " 0,500,1500");
      }
    }
    return steps;
  }

  /**
   * The options that repeat this plan with the same configuration.
   *
   * @return values by name, as one would type them
   */
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--train", train.name());
    options.put("--at", at.stream().map(String::valueOf).collect(Collectors.joining(",")));
    options.put("--draws", String.valueOf(draws));
    return options;
  }
}
