package io.nnem.credit;

import io.nnem.core.Plugin;

/** Offers a credit assigner. */
public interface CreditAssignerProvider extends Plugin {

  /**
   * Creates the assigner of a memory that is still empty.
   *
   * @param context what to make it from
   * @param <T> the matrix type
   * @return the assigner, to be closed by the caller
   */
  <T> CreditAssigner<T> create(CreditContext<T> context);

  /**
   * Whether it needs observations reinstated, so that it is asked for as {@code
   * name/reinstatement}.
   *
   * @return false unless overridden
   */
  default boolean reinstates() {
    return false;
  }
}
