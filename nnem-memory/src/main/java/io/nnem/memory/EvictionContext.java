package io.nnem.memory;

import io.nnem.core.Options;
import io.nnem.core.Tensors;
import java.util.Optional;

/**
 * What an eviction policy is made from.
 *
 * @param tensors the back end
 * @param memory whose slots it gives up; still empty
 * @param uncertainty says how certain the reinstatement of a key is, for policies that go by it
 * @param seed for policies that draw
 * @param options settings of the plug-in's own
 * @param <T> the matrix type
 */
public record EvictionContext<T>(
    Tensors<T> tensors,
    Memory<T> memory,
    Optional<KeyUncertainty<T>> uncertainty,
    long seed,
    Options options) {

  /**
   * The uncertainty, for a policy that cannot do without.
   *
   * @return how certain the reinstatement of a key is
   * @throws IllegalArgumentException if nobody says
   */
  public KeyUncertainty<T> requireUncertainty() {
    return uncertainty.orElseThrow(
        () ->
            new IllegalArgumentException(
                "This eviction policy goes by how uncertain a decoder is of each memory, but no"
                    + " decoder here can say: choose variational-autoencoder as decoder, or"
                    + " another policy."));
  }
}
