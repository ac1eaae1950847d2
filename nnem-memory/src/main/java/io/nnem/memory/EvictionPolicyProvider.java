package io.nnem.memory;

import io.nnem.core.Plugin;

/** Offers an eviction policy. */
public interface EvictionPolicyProvider extends Plugin {

  /**
   * Creates the policy of an empty memory.
   *
   * @param context what to make it from
   * @param <T> the matrix type
   * @return the policy
   */
  <T> EvictionPolicy<T> create(EvictionContext<T> context);

  /**
   * Whether its policies need {@link EvictionContext#uncertainty}, and with it a decoder that says
   * how certain it is.
   *
   * @return false unless overridden
   */
  default boolean needsUncertainty() {
    return false;
  }
}
