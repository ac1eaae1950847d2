package io.nnem.experiments.run;

import io.nnem.datasets.Datasets;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.config.TrainingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Learns nothing, but looks as if: curves that depend on condition and seed alone. */
public class FakeRunner implements TrialRunner {
  /** Four images, so that a checksum can be told. */
  public static Split split() {
    byte[] pixels = new byte[4 * 4];
    byte[] labels = {0, 1, 0, 1};
    return new Split(
        "tiny",
        Datasets.of("tiny/training", 2, 2, 2, pixels, labels),
        Datasets.of("tiny/validation", 2, 2, 2, new byte[400 * 100], new byte[10_000]),
        Datasets.of("tiny/test", 2, 2, 2, pixels, labels));
  }

  @Override
  public TrialResult run(
      Condition condition, long seed, ExperimentConfig config, Split data, TrialListener listener)
      throws InterruptedException {
    Random random = new Random(31L * condition.name().hashCode() + seed);
    double end = end(condition.name()) + 0.02 * random.nextGaussian();
    boolean diverges = diverges(condition.name(), seed);
    TrainingConfig training = config.training();
    List<Measurement> measurements = new ArrayList<>();
    double latest = Double.NaN;
    for (int step = 0; step <= training.steps(); step++) {
      if (listener.cancelled()) {
        throw new InterruptedException("cancelled");
      }
      beforeStep(condition, seed, step);
      if (config.evaluation().isDue(step, training.steps())) {
        latest = accuracy(step, end, random);
        Measurement measurement =
            new Measurement(
                condition.name(), seed, step, Measurement.VALIDATION, latest, 2.3 * (1 - latest));
        measurements.add(measurement);
        listener.measured(measurement);
      }
      listener.stepped(training.warmupSteps() + step, training.totalSteps(), latest);
      if (diverges && step == training.steps() / 2) {
        return result(
            condition,
            seed,
            measurements,
            Optional.of(new TrialResult.Divergence(step, "the loss is NaN")));
      }
    }
    return result(condition, seed, measurements, Optional.empty());
  }

  private static TrialResult result(
      Condition condition,
      long seed,
      List<Measurement> measurements,
      Optional<TrialResult.Divergence> divergence) {
    long retained = condition.name().endsWith("stored") ? 3136 : 0;
    double millis = condition.assigner().contains("reinstatement") ? 5.25 : 1.5;
    return new TrialResult(condition, seed, measurements, divergence, retained, millis)
        .with(new Found.Ages(List.of()));
  }

  private static double accuracy(int step, double end, Random random) {
    double learned = 0.12 + (end - 0.12) * (1 - Math.exp(-step / 350.0));
    return Math.round(10_000 * Math.min(1, learned + 0.008 * random.nextGaussian())) / 10_000.0;
  }

  private static double end(String condition) {
    return switch (condition) {
      case "none" -> 0.55;
      case "backprop" -> 0.92;
      case "synthetic-gradient" -> 0.86;
      case "exact-reinstatement/decoded" -> 0.84;
      case "approximate-reinstatement/decoded" -> 0.62;
      case "exact-reinstatement/stored" -> 0.93;
      default -> 0.75;
    };
  }

  /** Whether a trial diverges half way. */
  protected boolean diverges(String condition, long seed) {
    return false;
  }

  /** For runners that do something else at some step. */
  protected void beforeStep(Condition condition, long seed, int step) throws InterruptedException {}
}
