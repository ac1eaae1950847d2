package io.nnem.experiments.audit;

import io.nnem.experiments.config.Condition;
import io.nnem.experiments.run.AgeRange;
import java.util.Optional;

/**
 * How true the credit of one condition was. {@code g} is the gradient of all the embedder's
 * parameters that it brought, {@code r} the reference's, both from the key gradients of the
 * memories of these ages alone.
 *
 * @param step training steps done; warm-up steps do not count
 * @param ages of the memories; empty for all of them
 * @param memories how many of that age there are
 * @param cosine {@code g . r / (|g| |r|)}, mean over the draws; 0 where {@code g} is zero
 * @param normRatio {@code |g| / |r|}, mean over the draws
 * @param bias {@code |mean(g - r)| / |mean(r)|}, means over the draws
 * @param staleness mean cosine between the key as stored and as it would be written now: 1 is fresh
 * @param reconstruction mean squared error of a pixel of the reinstated observations; NaN where the
 *     condition reinstates nothing
 */
public record AuditRow(
    Condition condition,
    long seed,
    int step,
    Optional<AgeRange> ages,
    int memories,
    double cosine,
    double normRatio,
    double bias,
    double staleness,
    double reconstruction) {}
