package io.nnem.credit;

import io.nnem.core.Embedder;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import io.nnem.memory.Memory;
import java.util.function.Supplier;

/**
 * What a refresher of keys is made from. It closes none of it.
 *
 * @param tensors the back end
 * @param embedder embeds observations
 * @param another makes a further embedder of the same architecture, which the refresher owns
 * @param memory whose keys are rewritten; still empty
 * @param reinstatement gets observations back
 * @param options settings of the plug-in's own
 * @param <T> the matrix type
 */
public record KeyRefresherContext<T>(
    Tensors<T> tensors,
    Embedder<T> embedder,
    Supplier<Embedder<T>> another,
    Memory<T> memory,
    Reinstatement<T> reinstatement,
    Options options) {}
