package io.nnem.credit;

import io.nnem.autoencoder.Decoder;
import io.nnem.core.Options;
import io.nnem.core.Tensors;
import java.util.Optional;

/**
 * What a reinstatement is made from.
 *
 * @param tensors the back end
 * @param capacity slots of the memory
 * @param observationSize floats of an observation
 * @param decoder the decoder that learns beside the embedder, for reinstatements that need it
 * @param options settings of the plug-in's own
 * @param <T> the matrix type
 */
public record ReinstatementContext<T>(
    Tensors<T> tensors,
    int capacity,
    int observationSize,
    Optional<Decoder<T>> decoder,
    Options options) {}
