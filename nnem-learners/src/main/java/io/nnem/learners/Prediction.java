package io.nnem.learners;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link MemoryClassifier} says of a row.
 *
 * @param label the most probable label
 * @param probabilities of each label that was seen so far, in the order of their first appearance
 * @param familiarity how like the row the most similar memory is, -1 to 1: low for what is unlike
 *     all that is remembered
 * @param evidence the memories that counted most, the most similar first
 */
public record Prediction(
    String label,
    Map<String, Double> probabilities,
    double familiarity,
    List<Prediction.Evidence> evidence) {

  /**
   * A memory that was read.
   *
   * @param label what it was labelled
   * @param similarity how like the row it is: the cosine of their embeddings, -1 to 1
   * @param age training steps since it was written
   * @param slot where it is in memory
   */
  public record Evidence(String label, double similarity, long age, int slot) {}

  /** Copies the map and the list. */
  public Prediction {
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    evidence = List.copyOf(evidence);
  }

  /**
   * The label of a classifier that was trained with numbers.
   *
   * @return the label as a number
   * @throws NumberFormatException if it is none
   */
  public int number() {
    return Integer.parseInt(label);
  }
}
