package io.nnem.memory;

import io.nnem.core.Options;
import io.nnem.core.Tensors;

/**
 * What a recall is made from.
 *
 * @param tensors the back end
 * @param memory what is recalled from; still empty
 * @param seed for recalls that draw
 * @param options settings of the plug-in's own
 * @param <T> the matrix type
 */
public record RecallContext<T>(Tensors<T> tensors, Memory<T> memory, long seed, Options options) {}
