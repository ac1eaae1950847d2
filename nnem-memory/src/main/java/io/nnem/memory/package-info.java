/**
 * The external memory: {@linkplain io.nnem.memory.Memory keys and values in slots}, the policy that
 * gives up memories for new ones, the recall that chooses what is read, and the reading.
 *
 * <p><b>Writing a plug-in.</b> Implement {@link io.nnem.memory.EvictionPolicy}, {@link
 * io.nnem.memory.Recall} or {@link io.nnem.memory.MemoryStore}, and offer it through its provider
 * with a name of its own, listed in {@code META-INF/services} under the provider's interface (or
 * annotated with {@code @AutoService}).
 */
package io.nnem.memory;
