package io.nnem.experiments.stream;

import io.nnem.core.Option;
import io.nnem.experiments.config.Condition;
import io.nnem.learners.LearnerBuilder;
import io.nnem.learners.MemoryClassifier;
import java.util.Map;
import java.util.TreeSet;

/** A {@link MemoryClassifier}, which learns when as many rows have come as it takes at a time. */
final class Remembering implements OnlineLearner {
  /** The name of one whose defaults are untouched. */
  static final String NAME = "memory";

  /** What keys of the configuration are called there; the rest of them mean nothing to it. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "batch", "batch-size",
          "capacity", "capacity",
          "embedder", "embedder",
          "embedder-hidden", "hidden",
          "embedder-learning-rate", "learning-rate",
          "embedding-size", "embedding-size",
          "eviction", "eviction",
          "recall", "recall",
          "temperature", "temperature");

  private static final String OWN = "options.";

  private final MemoryClassifier classifier;
  private final float[][] rows;
  private final int[] labels;
  private int waiting;
  private boolean learned;

  private Remembering(MemoryClassifier classifier, int batch) {
    this.classifier = classifier;
    this.rows = new float[batch][];
    this.labels = new int[batch];
  }

  /**
   * Sets one up.
   *
   * @param condition {@link #NAME} or a credit assigner; its settings become the classifier's
   *     options
   * @param classes there are
   * @param seed where all randomness comes from
   * @throws IllegalArgumentException if there is no such assigner, or a setting is not for it
   */
  static Remembering of(Condition condition, int classes, long seed) {
    MemoryClassifier.Builder builder = MemoryClassifier.builder().maximumLabels(classes);
    builder.option("seed", Long.toString(seed)).evidence(0);
    if (!condition.assigner().equals(NAME)) {
      builder.option("assigner", condition.assigner());
    }
    condition.settings().forEach((key, value) -> builder.option(option(key), value));
    String batch = condition.settings().getOrDefault("batch", usual("batch-size"));
    return new Remembering(builder.build(), Integer.parseInt(batch));
  }

  private static String usual(String option) {
    return LearnerBuilder.options().stream()
        .filter(each -> each.name().equals(option))
        .map(Option::fallbackText)
        .findFirst()
        .orElseThrow();
  }

  private static String option(String key) {
    String option = key.startsWith(OWN) ? key.substring(OWN.length()) : OPTIONS.get(key);
    if (option == null) {
      throw new IllegalArgumentException(
          key
              + " is no setting of a learner; these are: "
              + String.join(", ", new TreeSet<>(OPTIONS.keySet()))
              + ", and "
              + OWN
              + "NAME for what a plug-in declares");
    }
    return option;
  }

  @Override
  public int predict(float[] row) {
    return learned ? Integer.parseInt(classifier.predict(row).label()) : labels[0];
  }

  @Override
  public void learn(float[] row, int label) {
    rows[waiting] = row.clone();
    labels[waiting] = label;
    if (++waiting == rows.length) {
      classifier.partialFit(rows, labels);
      waiting = 0;
      learned = true;
    }
  }

  @Override
  public int batch() {
    return rows.length;
  }

  @Override
  public long bytes() {
    return classifier.memoryBytes();
  }

  @Override
  public void close() {
    classifier.close();
  }
}
