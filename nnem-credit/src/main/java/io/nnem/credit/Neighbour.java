package io.nnem.credit;

import java.util.List;

/**
 * A memory that a query is like: why a network answered as it did.
 *
 * @param slot where it is
 * @param similarity the cosine of query and key, -1 to 1
 * @param value what is stored beside the key
 * @param age updates of the embedder since it was written
 */
public record Neighbour(int slot, double similarity, List<Double> value, long age) {

  /** Copies the value. */
  public Neighbour {
    value = List.copyOf(value);
  }
}
