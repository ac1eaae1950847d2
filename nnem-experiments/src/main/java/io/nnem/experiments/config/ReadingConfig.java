package io.nnem.experiments.config;

/**
 * How a query is answered from the memories, and how far the gradient of the answer flows.
 *
 * @param normalisation how similarities become weights
 * @param temperature divides the similarities before the softmax
 * @param queryGradient whether the gradient also flows into the query's embedding
 */
public record ReadingConfig(
    @OneOf({"softmax", "sum"}) String normalisation,
    @Finite double temperature,
    boolean queryGradient) {}
