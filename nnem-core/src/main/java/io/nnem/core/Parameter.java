package io.nnem.core;

/**
 * A matrix that learning changes.
 *
 * @param name what it is called within its network, as in {@code layer-1.weights}
 * @param value the parameter
 * @param gradient dLoss/dValue as accumulated since the last update, same shape
 * @param <T> the matrix type
 */
public record Parameter<T>(String name, T value, T gradient) {}
