package io.nnem.credit;

import io.nnem.core.Embedder;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import io.nnem.memory.Memory;
import java.util.Optional;

/**
 * What a credit assigner is made from.
 *
 * @param tensors the back end
 * @param embedder whose parameters learn
 * @param memory whose keys are read; still empty
 * @param reinstatement where observations come back from, for assigners that need it
 * @param seed for assigners that draw
 * @param options settings of the plug-in's own
 * @param <T> the matrix type
 */
public record CreditContext<T>(
    Tensors<T> tensors,
    Embedder<T> embedder,
    Memory<T> memory,
    Optional<Reinstatement<T>> reinstatement,
    long seed,
    Options options) {

  /**
   * The reinstatement, for an assigner that cannot do without.
   *
   * @return the reinstatement
   * @throws IllegalArgumentException if there is none
   */
  public Reinstatement<T> requireReinstatement() {
    return reinstatement.orElseThrow(
        () ->
            new IllegalArgumentException(
                "This credit assigner reinstates observations and must be told from where, as in"
                    + " exact-reinstatement/stored or exact-reinstatement/decoded."));
  }
}
