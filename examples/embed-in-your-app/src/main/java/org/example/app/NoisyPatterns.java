package org.example.app;

import io.nnem.core.OptimiserSettings;
import io.nnem.credit.MemoryNetwork;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Learns to tell noisy patterns apart by comparing them with those it remembers.
 *
 * <p>An observation is one of eight patterns, blurred by noise, beside as much noise again that
 * says nothing. A memory answers with the labels of what looks alike. At first everything looks
 * alike: the embedder is random, and the noise is loud. Each step teaches the embedder which part
 * of an observation counts.
 */
final class NoisyPatterns implements AutoCloseable {

  static final int CLASSES = 8;

  private static final int PATTERN = 16;
  private static final int SIZE = 2 * PATTERN;
  private static final int CAPACITY = 96;
  private static final int BATCH = 12;

  private final FloatArrays tensors = new FloatArrays();
  private final float[][] patterns = new float[CLASSES][PATTERN];
  private final SplittableRandom random;
  final MemoryNetwork<float[][]> network;

  NoisyPatterns(long seed) {
    random = new SplittableRandom(seed);
    for (float[] pattern : patterns) {
      for (int i = 0; i < PATTERN; i++) {
        pattern[i] = random.nextBoolean() ? 1 : -1;
      }
    }
    network =
        MemoryNetwork.builder(tensors)
            .embedder("mlp", SIZE, 12)
            .hidden(32)
            .optimiser(OptimiserSettings.adam(3e-3))
            .capacity(CAPACITY)
            .valueSize(CLASSES)
            // each memory keeps its observation, to be embedded again when it is read
            .assigner("exact-reinstatement", "stored")
            .seed(seed)
            .build();
  }

  /** Observations, with their labels as one-hot rows. */
  record Batch(float[][] observations, float[][] labels) {}

  Batch batch(int rows) {
    Batch batch = new Batch(new float[rows][SIZE], new float[rows][CLASSES]);
    for (int row = 0; row < rows; row++) {
      int label = random.nextInt(CLASSES);
      batch.labels[row][label] = 1;
      for (int i = 0; i < PATTERN; i++) {
        batch.observations[row][i] = patterns[label][i] + (float) random.nextGaussian();
        batch.observations[row][PATTERN + i] = 2 * (float) random.nextGaussian();
      }
    }
    return batch;
  }

  /** Each batch is a question first, and then a memory. */
  void learn(int steps) {
    for (int step = 0; step < steps; step++) {
      Batch batch = batch(BATCH);
      network.step(batch.observations, batch.labels);
    }
  }

  /** The share of new observations that the memory gives the right label. */
  double accuracy(int questions) {
    Batch asked = batch(questions);
    float[][] answers = new float[questions][CLASSES];
    network.read(asked.observations, answers);
    int[] answered = new int[questions];
    tensors.argMaxRows(answers, answered);
    int right = 0;
    for (int i = 0; i < questions; i++) {
      right += (int) asked.labels[i][answered[i]];
    }
    return right / (double) questions;
  }

  @Override
  public void close() {
    network.close();
  }

  public static void main(String[] arguments) {
    try (NoisyPatterns app = new NoisyPatterns(1)) {
      app.learn(CAPACITY / BATCH); // fills the memory; so few steps teach next to nothing
      System.out.printf(Locale.ROOT, "before: %.3f right%n", app.accuracy(1000));
      app.learn(600);
      System.out.printf(Locale.ROOT, "after:  %.3f right%n", app.accuracy(1000));
    }
  }
}
