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
}
