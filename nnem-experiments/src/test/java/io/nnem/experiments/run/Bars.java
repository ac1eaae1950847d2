package io.nnem.experiments.run;

import io.nnem.core.Seeds;
import io.nnem.datasets.Dataset;
import io.nnem.datasets.Datasets;
import io.nnem.datasets.Split;
import io.nnem.experiments.config.Condition;
import io.nnem.experiments.config.ConfigResolver;
import io.nnem.experiments.config.ExperimentConfig;
import io.nnem.experiments.pretrained.PretrainedFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A noisy bar in one of three rows: easy, but not for a random embedding. */
public final class Bars {
  /** Trains anew each time. */
  public static final Pretraining PRETRAINING = new Pretraining(PretrainedFolder.none());

  public static final int SIDE = 6;
  public static final int CLASSES = 3;

  private Bars() {}

  public static Split split() {
    return new Split("bars", bars("training", 300), bars("validation", 100), bars("test", 50));
  }

  private static Dataset bars(String name, int count) {
    SplittableRandom random = Seeds.random(17, name);
    byte[] pixels = new byte[count * SIDE * SIDE];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(CLASSES);
      for (int p = 0; p < SIDE * SIDE; p++) {
        boolean bar = p / SIDE == 2 * labels[i];
        pixels[i * SIDE * SIDE + p] = (byte) (random.nextInt(180) + (bar ? 75 : 0));
      }
    }
    return Datasets.of("bars/" + name, SIDE, SIDE, CLASSES, pixels, labels);
  }

  /** Keys that make a network small enough for a test. */
  public static List<String> settings() {
    return List.of(
        "steps=60",
        "warmup-steps=20",
        "capacity=40",
        "batch=8",
        "evaluate-every=20",
        "evaluation-images=100",
        "embedder-hidden=16",
        "decoder-hidden=16",
        "embedding-size=4",
        "embedder-learning-rate=0.003");
  }

  /** A small setting, changed by {@code key=value}. */
  public static ExperimentConfig config(String... changes) {
    ConfigResolver resolver = new ConfigResolver("");
    List<String> all = new ArrayList<>(settings());
    all.addAll(List.of(changes));
    all.forEach(resolver::set);
    return resolver.resolve();
  }

  /** Hears nothing and says nothing. */
  public static class Silent implements TrialListener {
    @Override
    public void failed(Condition condition, RuntimeException cause) {
      throw cause;
    }

    @Override
    public void stepped(int step, int totalSteps, double latestAccuracy) {}

    @Override
    public void measured(Measurement measurement) {}

    @Override
    public boolean cancelled() {
      return false;
    }
  }
}
