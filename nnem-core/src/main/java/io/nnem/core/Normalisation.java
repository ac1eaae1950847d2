package io.nnem.core;

/** How the similarities of a query with all keys become weights that sum to one. */
public enum Normalisation {
  /** {@code w_n = exp(s_n / temperature) / sum_m exp(s_m / temperature)}. */
  SOFTMAX,
  /**
   * {@code w_n = (1 + s_n) / sum_m (1 + s_m)}: the cosine, moved to [0, 2] so that no weight is
   * negative, divided by its sum. It has no temperature. All weights are zero where every key is
   * exactly opposite to the query.
   */
  SUM
}
