/**
 * The external memory: keys and values in slots, the policy that says which slot to give up, and
 * the reading.
 *
 * <p><b>Writing a retention policy.</b> Implement {@link io.nnem.memory.Retention} and offer it
 * through a {@link io.nnem.memory.RetentionProvider} with a name of its own, listed in {@code
 * META-INF/services/io.nnem.memory.RetentionProvider} (or annotated with {@code @AutoService}).
 */
package io.nnem.memory;
