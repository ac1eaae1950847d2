package io.nnem.experiments.run;

import io.nnem.experiments.config.Condition;

/**
 * How fresh the keys of some ages were.
 *
 * @param step training steps done; warm-up steps do not count
 * @param ages of the memories, in embedder updates since they were written
 * @param memories how many of that age there were
 * @param cosine mean cosine between the key as stored and as it would be written now, from what was
 *     really observed: 1 is fresh
 */
public record Staleness(
    Condition condition, long seed, int step, AgeRange ages, int memories, double cosine) {}
