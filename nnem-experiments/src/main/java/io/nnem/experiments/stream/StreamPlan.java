package io.nnem.experiments.stream;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which learners are tried on which streams. A trial is named {@code LEARNER/STREAM}, as a
 * condition is, with the learner's settings behind it.
 *
 * @param streams what they learn from
 * @param learners names with settings
 * @param instances of each stream
 * @param window how many of the latest a line of {@code stream.csv} is about
 * @param delay instances between a question and its answer
 */
record StreamPlan(
    List<NamedStream> streams, List<Condition> learners, int instances, int window, int delay) {
  private static final int LINES = 40;

  /**
   * Copies the lists, and sets every learner up once.
   *
   * @throws ConfigException if one cannot be set up
   */
  StreamPlan {
    streams = List.copyOf(streams);
    learners = List.copyOf(learners);
    List<String> problems = new ArrayList<>();
    for (Condition learner : learners) {
      try {
        learner(learner, 2, 1).close();
      } catch (IllegalArgumentException e) {
        problems.add("--learners: " + learner + ": " + e.getMessage());
      }
    }
    ConfigException.requireNone(problems);
  }

  /** Instances from one line of {@code stream.csv} to the next. */
  int every() {
    return Math.max(1, instances / LINES);
  }

  NamedStream stream(Condition condition) {
    return NamedStream.of(condition.reinstatement().orElseThrow());
  }

  static OnlineLearner learner(Condition condition, int classes, long seed) {
    var baseline = Baselines.BY_NAME.get(condition.assigner());
    if (baseline == null) {
      return Remembering.of(condition, classes, seed);
    }
    if (!condition.settings().isEmpty()) {
      throw new IllegalArgumentException(condition.assigner() + " has no settings");
    }
    return baseline.apply(classes);
  }

  /** Each learner on each stream, in the order in which they are shown. */
  List<Condition> conditions() {
    List<Condition> all = new ArrayList<>();
    for (NamedStream stream : streams) {
      for (Condition learner : learners) {
        all.add(
            new Condition(learner.assigner(), Optional.of(stream.toString()), learner.settings()));
      }
    }
    return all;
  }
}
