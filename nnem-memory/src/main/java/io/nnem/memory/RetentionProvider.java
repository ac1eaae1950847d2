package io.nnem.memory;

import io.nnem.core.Plugin;

/** Offers a retention policy. */
public interface RetentionProvider extends Plugin {

  /**
   * Creates the policy of an empty memory.
   *
   * @param context what to make it from
   * @return the policy
   */
  Retention create(RetentionContext context);

  /**
   * Whether its policies go by {@link Retention#score}, so that they are of no use where nobody
   * says how certain a memory's reinstatement is.
   *
   * @return false unless overridden
   */
  default boolean needsScores() {
    return false;
  }
}
