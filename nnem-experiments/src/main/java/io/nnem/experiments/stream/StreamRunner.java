package io.nnem.experiments.stream;

import io.nnem.credit.DivergenceException;
import io.nnem.datasets.LabelledStream;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.run.Measurement;
import io.nnem.experiments.run.TrialListener;
import io.nnem.experiments.run.TrialResult;
import io.nnem.experiments.run.TrialRunner;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Asks a learner for the class of each instance, and lets it learn of it afterwards, so many
 * instances later.
 *
 * @param plan how
 */
record StreamRunner(StreamPlan plan) implements TrialRunner {
  @Override
  public TrialResult run(
      Condition condition, long seed, ExperimentConfig config, Split data, TrialListener listener)
      throws InterruptedException {
    LabelledStream stream = plan.stream(condition).make(plan.instances(), seed);
    Prequential window = new Prequential(plan.window(), stream.classes());
    Prequential whole = new Prequential(plan.instances(), stream.classes());
    List<Streamed.Row> rows = new ArrayList<>();
    List<Measurement> measurements = new ArrayList<>();
    Optional<TrialResult.Divergence> divergence = Optional.empty();
    Deque<float[]> rowsWaiting = new ArrayDeque<>();
    Deque<Integer> labelsWaiting = new ArrayDeque<>();
    double accuracy = Double.NaN;
    long begin = processorTime();
    int done = 0;
    long bytes;
    try (OnlineLearner learner = StreamPlan.learner(condition, stream.classes(), seed)) {
      boolean learned = false;
      while (done < plan.instances() && divergence.isEmpty()) {
        listener.requireNotCancelled("instance " + done);
        float[] row = new float[stream.attributes()];
        int label = stream.next(row);
        int said = learned ? learner.predict(row) : 0;
        window.add(label, said);
        whole.add(label, said);
        rowsWaiting.add(row);
        labelsWaiting.add(label);
        if (rowsWaiting.size() > plan.delay()) {
          try {
            learner.learn(rowsWaiting.remove(), labelsWaiting.remove());
            learned = true;
          } catch (DivergenceException e) {
            divergence = Optional.of(new TrialResult.Divergence(done, e.getMessage()));
          }
        }
        done++;
        if (done % plan.every() == 0) {
          Streamed.Row now = row(condition, seed, done, window, begin, learner.bytes());
          rows.add(now);
          accuracy = now.accuracy();
          Measurement measured =
              new Measurement(
                  condition.name(), seed, done, Measurement.VALIDATION, accuracy, Double.NaN);
          measurements.add(measured);
          listener.measured(measured);
        }
        listener.stepped(done, plan.instances(), accuracy);
      }
      bytes = learner.bytes();
    }
    Streamed.Row all = row(condition, seed, done, whole, begin, bytes);
    return new TrialResult(
            condition, seed, measurements, divergence, bytes, 1000 * all.seconds() / done)
        .with(new Streamed(rows, all));
  }

  private static Streamed.Row row(
      Condition condition, long seed, int done, Prequential of, long begin, long bytes) {
    Prequential.Score score = of.score();
    return new Streamed.Row(
        condition,
        seed,
        done,
        score.accuracy(),
        score.kappa(),
        score.kappaTemporal(),
        (processorTime() - begin) / 1e9,
        bytes);
  }

  /** Of this thread, in which learners compute, so that it does not matter what else runs. */
  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
