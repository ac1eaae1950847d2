package io.nnem.credit;

import io.nnem.autoencoder.Codec;
import io.nnem.autoencoder.Decoder;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import io.nnem.memory.Memory;
import java.util.Optional;

/**
 * What a reinstatement is made from. It closes none of it.
 *
 * @param tensors the back end
 * @param memory whose observations come back; still empty
 * @param observationSize floats of an observation
 * @param decoder the decoder that learns beside the embedder, for reinstatements that need it
 * @param codec an autoencoder that no longer changes, for reinstatements that need it
 * @param options settings of the plug-in's own
 * @param <T> the matrix type
 */
public record ReinstatementContext<T>(
    Tensors<T> tensors,
    Memory<T> memory,
    int observationSize,
    Optional<Decoder<T>> decoder,
    Optional<Codec<T>> codec,
    Options options) {}
