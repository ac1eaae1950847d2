package org.example.app;

import io.nnem.core.EmbedderContext;
import io.nnem.core.OptimiserSettings;
import io.nnem.core.Options;
import io.nnem.core.RowShape;
import io.nnem.core.Plugins;
import io.nnem.core.network.NetworkEmbedder;
import io.nnem.credit.CreditAssigner;
import io.nnem.credit.CreditAssignerProvider;
import io.nnem.credit.CreditContext;
import io.nnem.credit.LearnerSettings;
import io.nnem.credit.MemoryLearner;
import io.nnem.credit.Reinstatement;
import io.nnem.credit.ReinstatementContext;
import io.nnem.credit.ReinstatementProvider;
import io.nnem.memory.retention.FirstInFirstOut;
import io.nnem.memory.store.FixedCapacityStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Learns to tell noisy patterns apart by comparing them with those it remembers.
 *
 * <p>An observation is one of eight patterns, blurred by noise, beside as much noise again that
 * says nothing. A memory answers with the labels of what looks alike. At first everything looks
 * alike: the embedder is random, and the noise is loud. What the memory's readings teach the
 * embedder is which part of an observation counts.
 */
final class NoisyPatterns implements AutoCloseable {

  static final int CLASSES = 8;

  private static final int PATTERN = 16;
  private static final int SIZE = 2 * PATTERN;
  private static final int EMBEDDING = 12;
  private static final int CAPACITY = 96;
  private static final int BATCH = 12;

  private final FloatArrays tensors = new FloatArrays();
  private final NetworkEmbedder<float[][]> embedder;
  private final FixedCapacityStore<float[][]> memory;
  private final Reinstatement<float[][]> reinstatement;
  private final CreditAssigner<float[][]> assigner;
  private final MemoryLearner<float[][]> learner;
  private final SplittableRandom random;
  private final float[][] patterns = new float[CLASSES][PATTERN];

  NoisyPatterns(long seed) {
    embedder =
        NetworkEmbedder.perceptron(
            new EmbedderContext<>(
                tensors,
                RowShape.flat(SIZE),
                EMBEDDING,
                List.of(32), // one hidden layer
                OptimiserSettings.adam(3e-3),
                seed,
                Options.none()));
    memory =
        new FixedCapacityStore<>(
            tensors, CAPACITY, EMBEDDING, CLASSES, new FirstInFirstOut(CAPACITY));
    // Each memory keeps its observation, so that it can be embedded again when credit is due.
    reinstatement =
        Plugins.load(ReinstatementProvider.class)
            .get("stored")
            .create(
                new ReinstatementContext<>(
                    tensors, CAPACITY, SIZE, Optional.empty(), Options.none()));
    assigner =
        Plugins.load(CreditAssignerProvider.class)
            .get("exact-reinstatement")
            .create(
                new CreditContext<>(
                    tensors, embedder, memory, Optional.of(reinstatement), seed, Options.none()));
    learner =
        new MemoryLearner<>(
            tensors, embedder, memory, assigner, null, LearnerSettings.classification(0));
    random = new SplittableRandom(seed);
    for (float[] pattern : patterns) {
      for (int i = 0; i < PATTERN; i++) {
        pattern[i] = random.nextBoolean() ? 1 : -1;
      }
    }
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
      learner.step(batch.observations, batch.labels);
    }
  }

  /** The share of new observations that the memory gives the right label. */
  double accuracy(int questions) {
    Batch asked = batch(questions);
    float[][] answers = new float[questions][CLASSES];
    learner.predict(asked.observations, answers);
    int[] answered = new int[questions];
    int[] right = new int[questions];
    tensors.argMaxRows(answers, answered);
    tensors.argMaxRows(asked.labels, right);
    int hits = 0;
    for (int i = 0; i < questions; i++) {
      hits += answered[i] == right[i] ? 1 : 0;
    }
    return hits / (double) questions;
  }

  @Override
  public void close() {
    learner.close();
    assigner.close();
    reinstatement.close();
    memory.close();
    embedder.close();
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
