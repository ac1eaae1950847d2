/**
 * Credit assignment through a memory: how the gradient that a reading leaves at old keys reaches
 * the embedder that once wrote them.
 *
 * <p><b>Writing a credit assigner.</b> Implement {@link io.nnem.credit.CreditAssigner} once for
 * every matrix type, and offer it through a {@link io.nnem.credit.CreditAssignerProvider} with a
 * name of its own, listed in {@code META-INF/services/io.nnem.credit.CreditAssignerProvider} (or
 * annotated with {@code @AutoService}).
 *
 * <p><b>Writing a reinstatement.</b> The same with {@link io.nnem.credit.Reinstatement} and {@link
 * io.nnem.credit.ReinstatementProvider}; every assigner that reinstates can then be combined with
 * it.
 */
package io.nnem.credit;
