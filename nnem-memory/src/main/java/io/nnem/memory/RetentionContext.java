package io.nnem.memory;

import io.nnem.core.Options;

/**
 * What a retention policy is made from.
 *
 * @param capacity slots of the memory
 * @param seed for policies that draw
 * @param options settings of the plug-in's own
 */
public record RetentionContext(int capacity, long seed, Options options) {}
