package io.nnem.memory;

import io.nnem.core.ForwardPass;
import java.util.Optional;

/**
 * Keys that are written, or take the place of others.
 *
 * @param keys {@code n x keySize}
 * @param pass the embedder's pass whose output they are, and whose input is the observations; empty
 *     for keys that come from elsewhere
 * @param <T> the matrix type
 */
public record NewKeys<T>(T keys, Optional<ForwardPass<T>> pass) {

  /**
   * The embeddings of a pass.
   *
   * @param pass a pass that was run
   * @param <T> the matrix type
   * @return its output as keys
   */
  public static <T> NewKeys<T> of(ForwardPass<T> pass) {
    return new NewKeys<>(pass.output(), Optional.of(pass));
  }

  /**
   * Keys by themselves.
   *
   * @param keys {@code n x keySize}
   * @param <T> the matrix type
   * @return keys without a pass
   */
  public static <T> NewKeys<T> of(T keys) {
    return new NewKeys<>(keys, Optional.empty());
  }

  /**
   * The pass, for a listener that cannot do without.
   *
   * @return the pass
   * @throws IllegalStateException if there is none
   */
  public ForwardPass<T> requirePass() {
    return pass.orElseThrow(
        () ->
            new IllegalStateException(
                "These keys were written without their observations, which are needed here: write"
                    + " the embedder's pass instead of its keys."));
  }
}
