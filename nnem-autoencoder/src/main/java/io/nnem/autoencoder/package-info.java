/**
 * Decoders: learned maps from an embedding back to its observation, which reinstatement needs.
 *
 * <p><b>Writing a decoder.</b> Implement {@link io.nnem.autoencoder.Decoder} once for every matrix
 * type, and offer it through a {@link io.nnem.autoencoder.DecoderProvider} with a name of its own,
 * listed in {@code META-INF/services/io.nnem.autoencoder.DecoderProvider} (or annotated with
 * {@code @AutoService}).
 */
package io.nnem.autoencoder;
