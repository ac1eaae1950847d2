package io.nnem.memory;

import io.nnem.core.Options;
import io.nnem.core.Tensors;

/**
 * What a memory store is made from.
 *
 * @param tensors the back end
 * @param capacity slots, at least 1
 * @param keySize floats of a key
 * @param valueSize floats of a value
 * @param options settings of the plug-in's own
 * @param <T> the matrix type
 */
public record MemoryStoreContext<T>(
    Tensors<T> tensors, int capacity, int keySize, int valueSize, Options options) {}
