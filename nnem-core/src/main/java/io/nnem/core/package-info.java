/**
 * What everything else in nnem stands on: arithmetic on a back end's own matrices ({@link
 * io.nnem.core.Tensors}), embedders, optimisers, and the look-up of plug-ins.
 *
 * <p><b>Writing a back end.</b> Implement {@link io.nnem.core.Tensors} for your matrix type; extend
 * {@link io.nnem.core.PlainTensors} to start from seven methods and override the rest as you need
 * speed. Then offer it: a {@link io.nnem.core.BackendProvider} with a name of its own, listed in
 * {@code META-INF/services/io.nnem.core.BackendProvider} (or annotated with {@code @AutoService}).
 *
 * <p><b>Writing an embedder.</b> Implement {@link io.nnem.core.Embedder} once for every matrix type
 * {@code T}, and offer it through an {@link io.nnem.core.EmbedderProvider} in the same way.
 */
package io.nnem.core;
