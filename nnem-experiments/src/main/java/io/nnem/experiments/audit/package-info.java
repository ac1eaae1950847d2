/**
 * The audit: how true the gradient is that each credit assigner brings back to the embedder.
 *
 * <p>One condition is trained. All that are audited go along as <em>shadows</em>: each has a credit
 * assigner and a reinstatement of its own, and shares the trained embedder, memory and decoder, so
 * that the differences between them are the assigners' own. A shadow learns what it has to learn
 * (as the gradient network of synthetic gradients does) from every step, and never changes what is
 * trained. At chosen steps each shadow's credit for the same readings is compared with a reference
 * in double precision, for all memories and for each range of ages.
 *
 * <p>Nothing here knows an assigner by name: whatever the service loader finds can be audited.
 */
package io.nnem.experiments.audit;
