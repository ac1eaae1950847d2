package io.nnem.credit;

import io.nnem.memory.Slots;

/**
 * The keys that a reading must use.
 *
 * @param slots the memories
 * @param keys a key for each, {@code slots.count() x keySize}, not to be written to, valid until
 *     the assigner's next {@link CreditAssigner#recall}
 * @param <T> the matrix type
 */
public record RecalledKeys<T>(Slots slots, T keys) {}
