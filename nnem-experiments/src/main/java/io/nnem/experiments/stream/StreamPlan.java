package io.nnem.experiments.stream;

import io.nnem.credit.DivergenceException;
import io.nnem.datasets.LabelledStream;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
   * Copies the lists, and lets every learner learn from the beginning of every stream, since only
   * then are all its parts built.
   *
   * @throws ConfigException if one cannot
   */
  StreamPlan {
    streams = List.copyOf(streams);
    learners = List.copyOf(learners);
    Set<String> problems = new LinkedHashSet<>(); // most are the same on all streams
    for (Condition learner : learners) {
      for (NamedStream stream : streams) {
        try {
          tryOut(learner, stream.make(instances, 1));
        } catch (DivergenceException e) {
          // a result
        } catch (IllegalArgumentException e) {
          problems.add("--learners: " + learner + ": " + e.getMessage());
        }
      }
    }
    ConfigException.requireNone(List.copyOf(problems));
  }

  private static void tryOut(Condition condition, LabelledStream stream) {
    try (OnlineLearner learner = learner(condition, stream.classes(), 1)) {
      for (int i = 0; i < learner.batch(); i++) {
        float[] row = new float[stream.attributes()];
        int label = stream.next(row);
        learner.learn(row, label);
      }
    }
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
