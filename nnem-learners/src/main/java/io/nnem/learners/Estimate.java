package io.nnem.learners;

import java.util.List;

/**
 * What a {@link MemoryRegressor} says of a row.
 *
 * @param values the estimate of each target
 * @param familiarity how like the row the most similar memory is, -1 to 1: low for what is unlike
 *     all that is remembered
 * @param evidence the memories that counted most, the most similar first
 */
public record Estimate(List<Double> values, double familiarity, List<Estimate.Evidence> evidence) {

  /**
   * A memory that was read.
   *
   * @param values its targets
   * @param similarity how like the row it is: the cosine of their embeddings, -1 to 1
   * @param age training steps since it was written
   * @param slot where it is in memory
   */
  public record Evidence(List<Double> values, double similarity, long age, int slot) {
    /** Copies the list. */
    public Evidence {
      values = List.copyOf(values);
    }
  }

  /** Copies the lists. */
  public Estimate {
    values = List.copyOf(values);
    evidence = List.copyOf(evidence);
  }

  /**
   * The first target, or the only one.
   *
   * @return its estimate
   */
  public double value() {
    return values.get(0);
  }
}
